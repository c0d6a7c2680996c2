/**
 * Events with names that Segment's specification or Segment itself defines. Trackers write them with other capitals, with
 * underscores and with spaces at the ends, so they are compared by their letters and digits alone.
 */

const NAMES = {
  /**
   * Events of an order, whose `total` is money. Version 2 of Segment's specification, then version 1.
   * https://segment.com/docs/connections/spec/ecommerce/v2/ , https://segment.com/docs/connections/spec/ecommerce/v1/
   */
  order: ['Order Completed', 'Order Updated', 'Completed Order', 'Updated Order'],
  /** Events that take the money of an order back. */
  'order taken back': [
    ...['Order Refunded', 'Order Cancelled', 'Order Canceled'],
    ...['Refunded Order', 'Cancelled Order', 'Canceled Order']
  ],
  /** The track call of the classic destination that links a Segment user to a visitor code. */
  identifier: ['Kameleoon identifier'],
  /** Kameleoon sends them to Segment when it shows a campaign, and other tools use the same names for theirs. */
  exposure: ['Experiment Viewed', 'Personalization Viewed'],
  /** Track calls of Segment Engage for audiences and journeys. https://segment.com/docs/engage/audiences/ */
  'audience entered': ['Audience Entered'],
  'audience exited': ['Audience Exited'],
  'journey step': ['Journeys Step Entered', 'Journey Step Entered'],
  /** Track call for a computed trait. https://segment.com/docs/unify/traits/computed-traits/ */
  'computed trait': ['Trait Computed', 'Computed Trait'],
  /** Events of linked audiences. https://segment.com/docs/engage/audiences/linked-audiences/ */
  'warehouse entity': [
    ...['Entity Added', 'Entity Removed', 'Entity Values Changed', 'Audience Membership Changed'],
    ...['Associated Entity Added', 'Associated Entity Removed', 'Associated Entity Values Changed']
  ]
}

/** What kind of event a name stands for; `reverse ETL` for rows of a warehouse, `other` for all other names. */
export type EventKind = keyof typeof NAMES | 'reverse ETL' | 'other'

/** Reverse ETL names its events by what happened to the row. https://segment.com/docs/connections/reverse-etl/ */
const REVERSE_ETL_NAMES = ['new', 'updated', 'deleted']

// Object.entries returns plain strings; the keys of this constant are kinds of events.
const ENTRIES = Object.entries(NAMES) as Array<[keyof typeof NAMES, string[]]>
const BY_NAME = new Map(ENTRIES.flatMap(([kind, names]) => names.map((name): [string, EventKind] => [name, kind])))
const BY_PLAIN_NAME = new Map([...BY_NAME].map(([name, kind]): [string, EventKind] => [plain(name), kind]))

export function eventKindOf(name: string | undefined): EventKind {
  if (name === undefined) return 'other'
  if (REVERSE_ETL_NAMES.includes(name.trim())) return 'reverse ETL'
  return BY_NAME.get(name) ?? BY_PLAIN_NAME.get(plain(name)) ?? 'other'
}

/** What a name has in common with its other spellings: "Order Refunded ", "order_refunded" and "orderRefunded" are one. */
function plain(name: string): string {
  return name.replace(/[^A-Za-z0-9]+/g, '').toLowerCase()
}
