import { VISITOR_CODE_NAMES } from '../destinations/kameleoon'
import type { Subscription } from './subscription'
import { hasOwn, isRecord, memberOf, textOf } from './values'

/** Actions whose purpose is to store data, and calls whose purpose it is, whatever the action. */
const STORING_ACTIONS = ['identifyEvent', 'groupEvent']
const STORING_CALLS = ['identify', 'group']

/** Track calls that change a link, an audience or a trait. */
const STORING_NAMES = /^\s*(kameleoon identifier|audience (entered|exited)|journeys? step entered|trait computed)\s*$/i

/** What an event has to do with stored data of its user. */
export interface StoredDataUse {
  /** It may change stored data that a later event of the same user needs. Segment puts `context.personas` into the events that it computes itself. */
  mayWrite: boolean
  /** It may make a link from the user to a visitor code. */
  mayLink: boolean
  /** Its visitor depends on that link, since it carries no visitor code of its own. */
  needsLink: boolean
}

/** All other events change visits only, and nothing waits for those. */
export function storedDataUse({ partnerAction }: Pick<Subscription, 'partnerAction'>, event: object): StoredDataUse {
  const hasCode = carriesVisitorCode(event)
  const mayWrite = STORING_ACTIONS.includes(partnerAction) || isStoringCall(event)
  return { mayWrite, mayLink: mayWrite && hasCode, needsLink: !hasCode }
}

function isStoringCall(event: object): boolean {
  const type = memberOf(event, 'type')
  const name = memberOf(event, 'event')
  return (
    (typeof type === 'string' && STORING_CALLS.includes(type)) ||
    (memberOf(memberOf(event, 'context'), 'personas') ?? null) !== null ||
    (typeof name === 'string' && STORING_NAMES.test(name))
  )
}

function carriesVisitorCode(event: object): boolean {
  return PLACES.some((placeIn) => VISITOR_CODE_NAMES.some((name) => ownMember(placeIn(event), name) !== undefined))
}

/** The visitor code that an event carries, as text; undefined where it has none. */
export function visitorCodeIn(event: object): string | undefined {
  for (const placeIn of PLACES) {
    const place = placeIn(event)
    for (const name of VISITOR_CODE_NAMES) {
      const code = textOf(ownMember(place, name))
      if (code) return code
    }
  }
  return undefined
}

/** Where a visitor code may stand. */
const PLACES: readonly ((event: object) => unknown)[] = [
  (event) => memberOf(event, 'properties'),
  (event) => memberOf(event, 'traits'),
  (event) => memberOf(event, 'context'),
  (event) => memberOf(memberOf(event, 'context'), 'traits')
]

function ownMember(place: unknown, name: string): unknown {
  return isRecord(place) && hasOwn(place, name) ? place[name] : undefined
}
