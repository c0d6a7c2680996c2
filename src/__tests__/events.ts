import type { JSONObject, SegmentEvent } from '@segment/actions-core'

type Fields = Omit<SegmentEvent, 'type'>

export const TIMESTAMP = '2026-01-31T12:00:00.000Z'

/** Properties and traits of any type, also types that JSON does not have: input is untrusted. */
export type Properties = Record<string, unknown>

/** A call as Segment delivers it, of one visitor with a visitor code and no user id. */
function call(type: SegmentEvent['type'], fields: Fields): SegmentEvent {
  return {
    type,
    messageId: `${type}-1`,
    timestamp: TIMESTAMP,
    anonymousId: 'anonymous-1',
    context: { library: { name: '@segment/analytics-node', version: '2.1.0' } },
    ...fields
  }
}

export function track(event: string, properties: Properties = {}, fields: Fields = {}): SegmentEvent {
  return call('track', { event, properties: ofVisitor(properties), ...fields })
}

export function screen(name: string, properties: Properties = {}, fields: Fields = {}): SegmentEvent {
  return call('screen', { name, properties: ofVisitor(properties), ...fields })
}

export function page(name: string | undefined, properties: Properties = {}, fields: Fields = {}): SegmentEvent {
  return call('page', { name, properties: ofVisitor(properties), ...fields })
}

export function identify(traits: Properties = {}, fields: Fields = {}): SegmentEvent {
  return call('identify', { traits: ofVisitor(traits), ...fields })
}

export function group(groupId: string, traits: Properties = {}, fields: Fields = {}): SegmentEvent {
  return call('group', { groupId, traits: ofVisitor(traits), ...fields })
}

function ofVisitor(data: Properties): JSONObject {
  return { kameleoonVisitorCode: 'visitor1', ...data }
}

/** The same call `count` times, each with its own message id. */
export function times(count: number, make: (index: number) => SegmentEvent): SegmentEvent[] {
  return Array.from({ length: count }, (_, index) => ({ ...make(index), messageId: `message-${index}` }))
}
