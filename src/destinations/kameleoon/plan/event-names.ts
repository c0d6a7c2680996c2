/**
 * Names of events that Segment's specification or Segment itself defines. Trackers write them with other capitals, with
 * underscores and with spaces at the ends, so they are compared by their letters and digits alone.
 */

/** What a name has in common with its other spellings: "Order Refunded ", "order_refunded" and "orderRefunded" are one. */
function plain(name: string): string {
  return name.replace(/[^A-Za-z0-9]+/g, '').toLowerCase()
}

function names(...list: string[]): (name: string | undefined) => boolean {
  const known = new Set(list.map(plain))
  return (name) => name !== undefined && known.has(plain(name))
}

/**
 * Events of an order, whose `total` is money. Version 2 of Segment's specification, then version 1.
 * https://segment.com/docs/connections/spec/ecommerce/v2/ , https://segment.com/docs/connections/spec/ecommerce/v1/
 */
const PLACED_ORDERS = ['Order Completed', 'Order Updated', 'Completed Order', 'Updated Order']

/** Events that take the money of an order back. */
const TAKEN_BACK_ORDERS = [
  ...['Order Refunded', 'Order Cancelled', 'Order Canceled'],
  ...['Refunded Order', 'Cancelled Order', 'Canceled Order']
]

export const isOrder = names(...PLACED_ORDERS, ...TAKEN_BACK_ORDERS)
export const isTakenBack = names(...TAKEN_BACK_ORDERS)

/** The track call of the classic destination that links a Segment user to a visitor code. */
export const isIdentifierEvent = names('Kameleoon identifier')

/** Exposures: Kameleoon sends them to Segment when it shows a campaign, and other tools use the same names for theirs. */
export const isExposure = names('Experiment Viewed', 'Personalization Viewed')

/** Track calls of Segment Engage for audiences and journeys. https://segment.com/docs/engage/audiences/ */
export const isAudienceEntered = names('Audience Entered')
export const isAudienceExited = names('Audience Exited')
export const isJourneyStepEntered = names('Journeys Step Entered', 'Journey Step Entered')

/** Track call for a computed trait. https://segment.com/docs/unify/traits/computed-traits/ */
export const isTraitComputed = names('Trait Computed', 'Computed Trait')

/**
 * Events that Segment makes from warehouse data: linked audiences, and the rows of reverse ETL, which are named by what
 * happened to the row. https://segment.com/docs/engage/audiences/linked-audiences/ , https://segment.com/docs/connections/reverse-etl/
 */
export function isWarehouseEvent(name: string | undefined): boolean {
  return isEntityEvent(name) || (name !== undefined && ['new', 'updated', 'deleted'].includes(name.trim()))
}

const isEntityEvent = names(
  ...['Entity Added', 'Entity Removed', 'Entity Values Changed', 'Audience Membership Changed'],
  ...['Associated Entity Added', 'Associated Entity Removed', 'Associated Entity Values Changed']
)
