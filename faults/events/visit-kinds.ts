import { below, type Random } from '../random'
import { textOf, visitOf, type SourceEvent } from './source-event'

/** Makes event number `index`, whose visitor is `visitor`. */
export type Make = (index: number, visitor: string, random: Random) => SourceEvent

/** Enough new names to try the creation of goals, few enough for Kameleoon's limit of 50 in 10 seconds. */
const NEW_NAMES = 20

/** An amount that no other event has, so that the conversions of one visitor can be distinguished. */
const amount = (index: number) => (index + 1) / 100

const knownGoal: Make = (index, visitor) => conversion('track', index, visitor, 'Order Completed', 'Order Completed')

const newGoal: Make = (index, visitor, random) => {
  const name = `Basket ${below(NEW_NAMES, random)}`
  return conversion('track', index, visitor, name, `SegmentIO track - ${name}`)
}

const screen: Make = (index, visitor) => conversion('screen', index, visitor, 'Checkout', 'SegmentIO screen - Checkout')

const page: Make = (index, visitor) => {
  const href = `https://shop.example.com/${index}`
  const properties = { kameleoonVisitorCode: visitor, url: href }
  return {
    subscription: 'page',
    text: textOf(`page-${index}`, { type: 'page', name: 'Pricing', properties }),
    expected: {
      kind: 'delivered',
      visits: [visitOf.page(visitor, href), visitOf.conversion(visitor, 'SegmentIO page - Pricing', 0)],
      stored: []
    }
  }
}

/** An event that knows the user alone; which visitor that is was linked before. */
const linkedTrack: Make = (index, visitor) => {
  const userId = `known-${index}`
  const properties = { revenue: amount(index) }
  return {
    subscription: 'linkedTrack',
    text: textOf(`linked-${index}`, { type: 'track', event: 'Order Completed', userId, properties }),
    expected: {
      kind: 'delivered',
      visits: [visitOf.conversion(visitor, 'Order Completed', amount(index))],
      stored: [{ key: `LINK_${userId}`, field: 'kameleoonVisitorCode', value: visitor }]
    },
    before: {
      subscription: 'track',
      text: textOf(`before-${index}`, {
        ...{ type: 'track', event: 'Kameleoon identifier', userId },
        properties: { k_visitorCode: visitor }
      })
    }
  }
}

/** An event that knows the user alone, whom Kameleoon finds by its own cross-device id. */
const crossDeviceTrack: Make = (index) => {
  const userId = `person-${index}`
  const properties = { revenue: amount(index) }
  return {
    subscription: 'crossDeviceTrack',
    text: textOf(`person-${index}`, { type: 'track', event: 'Order Completed', userId, properties }),
    expected: {
      kind: 'delivered',
      visits: [visitOf.conversion(visitOf.user(userId), 'Order Completed', amount(index))],
      stored: []
    }
  }
}

/** Events that Kameleoon has sent to Segment are not sent back. */
const exposure: Make = (index, visitor) => ({
  subscription: 'track',
  text: textOf(`exposure-${index}`, {
    ...{ type: 'track', event: 'Experiment Viewed' },
    // The names that Kameleoon's own integration sends: https://github.com/Kameleoon/custom-analytics-integrations
    properties: {
      kameleoonVisitorCode: visitor,
      experimentID: 7,
      experimentName: 'Price',
      variationID: 8,
      variationName: 'Low'
    }
  }),
  expected: { kind: 'filtered' }
})

function conversion(type: 'track' | 'screen', index: number, visitor: string, name: string, goal: string): SourceEvent {
  const properties = { kameleoonVisitorCode: visitor, revenue: amount(index) }
  const named = type === 'track' ? { event: name } : { name }
  return {
    subscription: type,
    text: textOf(`${type}-${index}`, { type, ...named, properties }),
    expected: { kind: 'delivered', visits: [visitOf.conversion(visitor, goal, amount(index))], stored: [] }
  }
}

export const VISIT_KINDS = { knownGoal, newGoal, screen, page, linkedTrack, crossDeviceTrack, exposure }
