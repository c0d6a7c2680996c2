import type { SegmentEvent } from '@segment/actions-core'
import type { SubscriptionName } from '../host'

/** A field of a stored map as it must be in the end. */
export interface StoredField {
  key: string
  field: string
  value: unknown
}

/** What must have become of an event when everything is settled. */
export type Expected =
  | { kind: 'delivered'; visits: string[]; stored: StoredField[] }
  | { kind: 'filtered' }
  | { kind: 'rejected'; reason: RegExp }

/** An event of the trial. Events are kept as text: validation in actions-core changes values in place. */
export interface SourceEvent {
  subscription: SubscriptionName
  text: string
  expected: Expected
  /** An event that must have arrived, undisturbed, before this one is sent. */
  before?: { subscription: SubscriptionName; text: string }
}

type Fields = Partial<SegmentEvent> & Pick<SegmentEvent, 'type'>

/** The text of a call with an id of its own. */
export function textOf(messageId: string, fields: Fields): string {
  return JSON.stringify({ messageId, timestamp: '2026-01-31T12:00:00.000Z', context: {}, ...fields })
}

/** How visit events are named where they are counted. */
export const visitOf = {
  /** A user as the visitor of events that came by the cross-device id. */
  user: (id: string) => `user ${id}`,
  conversion: (visitor: string, goal: string, revenue: number) => `${visitor} CONVERSION ${goal} ${revenue}`,
  page: (visitor: string, href: string) => `${visitor} PAGE ${href}`,
  customData: (visitor: string, index: number, values: string) => `${visitor} CUSTOMDATA ${index} ${values}`
}
