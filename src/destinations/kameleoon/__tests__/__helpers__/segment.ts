import { createTestEvent, createTestIntegration, defaultValues, Destination } from '@segment/actions-core'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import definition from '../..'
import { SETTINGS } from './kameleoon'

/** One event's outcome as Segment shows it. */
export interface OutcomeNode {
  status: number
  errortype?: string
  errormessage?: string
  sent?: unknown
  body?: unknown
}

/** An event as a source sends it: its values may be of any type. */
export type SourceEvent = Partial<Record<keyof SegmentEvent, unknown>>

export interface Subscription {
  partnerAction: string
  mapping?: Record<string, unknown>
  subscribe?: string
}

/** Runs a batch the way Segment does: settings, subscription, mapping, validation, then the action. */
export async function runBatch(
  events: SourceEvent[],
  { partnerAction, mapping, subscribe = 'type != "none"' }: Subscription,
  settings: object = SETTINGS
): Promise<OutcomeNode[]> {
  const destination = new Destination(definition)
  const subscription = {
    partnerAction,
    subscribe,
    mapping: { ...defaultValues(definition.actions[partnerAction].fields), ...mapping }
  }
  const results = await destination.onBatch(
    events.map((event) => createTestEvent(event as Partial<SegmentEvent>)),
    { ...settings, subscription } as unknown as Parameters<typeof destination.onBatch>[1]
  )
  return (results[0] as unknown as { multistatus: OutcomeNode[] }).multistatus
}

/** Runs one event with the default mapping. Returns the result of `perform`; its errors are thrown. */
export async function runOne(
  partnerAction: string,
  event: SourceEvent,
  mapping: Record<string, unknown> = {}
): Promise<unknown> {
  const integration = createTestIntegration(definition)
  await integration.testAction(partnerAction, {
    event: event as Partial<SegmentEvent>,
    mapping: mapping as JSONObject,
    settings: SETTINGS,
    useDefaultMappings: true
  })
  return (integration.results as Array<{ output?: string; data?: unknown }>).find(
    ({ output }) => output === 'Action Executed'
  )?.data
}
