import { below, type Random } from '../../faults/random'
import type { Make, Person } from './make'

/*
 * Fields are written again and again, so that a wrong order shows. Events with a user id write other fields than events
 * without one: between those of two devices without a user id, one process alone has no defined order either.
 */

const device = ({ devices }: Person, random: Random) => devices[below(devices.length, random)]

/** The user is known for half of the events, the visitor code for most. */
function idsOf(person: Person, random: Random) {
  const { anonymousId, kameleoonVisitorCode } = device(person, random)
  const userId = random() < 0.5 ? person.userId : undefined
  // Without any of both nobody would know whose event it is, unless a link was made before.
  const code: Record<string, string> = userId === undefined || random() < 0.7 ? { kameleoonVisitorCode } : {}
  return { ids: { anonymousId, userId }, code }
}

const order: Make = (index, person, random) => {
  const { ids, code } = idsOf(person, random)
  return { type: 'track', event: 'Order Completed', ...ids, properties: { ...code, revenue: index / 100 } }
}

/** Few enough names for Kameleoon's limit of 50 requests in 10 seconds. */
const newGoal: Make = (index, person, random) => {
  const { ids, code } = idsOf(person, random)
  return { type: 'track', event: `Basket ${below(15, random)}`, ...ids, properties: { ...code, revenue: index / 100 } }
}

const page: Make = (index, person, random) => {
  const { ids, code } = idsOf(person, random)
  const properties = { ...code, url: `https://shop.example.com/${index}` }
  return { type: 'page', name: `Page ${below(5, random)}`, ...ids, properties }
}

/** Somebody who has not signed in yet: later events of this browser have the user id too. */
const anonymousIdentify: Make = (index, person, random) => {
  const { anonymousId, kameleoonVisitorCode } = device(person, random)
  return { type: 'identify', anonymousId, traits: { kameleoonVisitorCode, [`before_${below(4, random)}`]: index } }
}

const identify: Make = (index, person, random) => {
  const { anonymousId, kameleoonVisitorCode } = device(person, random)
  const code: Record<string, string> = random() < 0.5 ? { kameleoonVisitorCode } : {}
  const traits = { ...code, [`trait_${below(6, random)}`]: index, plan: `plan ${below(3, random)}`, text: TEXT }
  return { type: 'identify', anonymousId, userId: person.userId, traits }
}

/** Characters that a database may not take as they are. */
const TEXT = 'null \u0000, quotes \' " \\, emoji 🎉, separators | \u2028'

const group: Make = (index, person, random) => {
  const { anonymousId } = device(person, random)
  return { type: 'group', anonymousId, userId: person.userId, groupId: person.groupId, traits: { size: index } }
}

/** For two subscriptions, one of which rejects it: its mapping names a goal that cannot be. */
const checkoutStep: Make = (index, person, random) => {
  const { anonymousId, kameleoonVisitorCode } = device(person, random)
  const properties = { kameleoonVisitorCode, revenue: index / 100 }
  return { type: 'track', event: 'Checkout Step', anonymousId, userId: person.userId, properties }
}

const audience: Make = (_index, person, random) => {
  const event = random() < 0.5 ? 'Audience Entered' : 'Audience Exited'
  const { anonymousId, kameleoonVisitorCode } = person.devices[0]
  const properties = { kameleoonVisitorCode, audience_key: `audience_${below(3, random)}` }
  return { type: 'track', event, anonymousId, userId: person.userId, properties }
}

const SIZES = [2_000, 40_000, 300_000]

/** An event that fills a job, or is larger than one. */
const big: Make = (index, person, random) => {
  const { ids, code } = idsOf(person, random)
  const text = 'x'.repeat(SIZES[below(random() < 0.1 ? 3 : 2, random)])
  return { type: 'track', event: 'Order Completed', ...ids, properties: { ...code, revenue: index / 100, text } }
}

/** Filtered: somebody has turned the destination off for it. */
const turnedOff: Make = (index, person, random) => {
  const made = order(index, person, random)
  return typeof made === 'string' ? made : { ...made, integrations: { All: false } }
}

/** Filtered: no subscription is about it. */
const unmatched: Make = (_index, { userId, devices }) => ({ type: 'alias', userId, previousId: devices[0].anonymousId })

export const VALID = {
  ...{ order, newGoal, page, anonymousIdentify, identify, group, checkoutStep, audience, big, turnedOff, unmatched }
}
