import { below, seededRandom } from '../random'
import { invalid } from './invalid-kinds'
import type { SourceEvent } from './source-event'
import { STORED_KINDS } from './stored-kinds'
import { VISIT_KINDS, type Make } from './visit-kinds'

export type { Expected, SourceEvent, StoredField } from './source-event'

/** Of a hundred events, how many are of which kind. */
const SHARES: Array<[Make, number]> = [
  [VISIT_KINDS.knownGoal, 16],
  [VISIT_KINDS.newGoal, 8],
  [VISIT_KINDS.screen, 8],
  [VISIT_KINDS.page, 14],
  [VISIT_KINDS.linkedTrack, 4],
  [VISIT_KINDS.crossDeviceTrack, 4],
  [VISIT_KINDS.exposure, 2],
  [STORED_KINDS.identify, 13],
  [STORED_KINDS.identifyWithCustomData, 6],
  [STORED_KINDS.crossDeviceIdentify, 3],
  [STORED_KINDS.group, 8],
  [STORED_KINDS.audienceEntered, 4],
  [STORED_KINDS.audienceExited, 3],
  [STORED_KINDS.link, 3],
  [invalid, 4]
]
const HUNDRED: Make[] = SHARES.flatMap(([make, share]) => Array.from({ length: share }, () => make))

/** So many events meet at one visitor, on average. */
const EVENTS_PER_VISITOR = 5

/** Events of all kinds, valid and invalid; the same seed gives the same ones. */
export function sourceEvents(count: number, seed: number): SourceEvent[] {
  const random = seededRandom(seed)
  const visitors = Math.ceil(count / EVENTS_PER_VISITOR)
  let groups = 0
  return Array.from({ length: count }, (_, index) => {
    const make = HUNDRED[below(HUNDRED.length, random)]
    // A visitor is in one group only: a second group would replace the first, in whichever order they arrive.
    const visitor = make === STORED_KINDS.group ? groups++ : below(visitors, random)
    return make(index, visitorCode(visitor), random)
  })
}

/** Every visitor has a code that looks like none of another kind of id. */
function visitorCode(visitor: number): string {
  return `visitor${visitor}`
}
