import { createWriteStream } from 'fs'
import { once } from 'events'
import { below, seededRandom } from '../../faults/random'
import { INVALID } from './invalid'
import type { Make, Person } from './make'
import { VALID } from './valid'

/** So many events meet at one person, on average. */
const EVENTS_PER_PERSON = 12
const DISTANCE_MS = 10
const HOUR_MS = 3_600_000

/** Of a hundred events, how many are of which kind. */
const SHARES: [Make, number][] = [
  [VALID.order, 24],
  [VALID.newGoal, 8],
  [VALID.page, 18],
  [VALID.anonymousIdentify, 12],
  [VALID.identify, 18],
  [VALID.group, 4],
  [VALID.checkoutStep, 5],
  [VALID.audience, 3],
  [VALID.big, 1],
  [VALID.turnedOff, 1],
  [VALID.unmatched, 1],
  [(...given) => INVALID[below(INVALID.length, given[2])](...given), 5]
]
const HUNDRED = SHARES.flatMap(([make, share]) => Array.from({ length: share }, () => make))

/** Lines of a file of mixed events, valid and invalid; the same seed gives the same ones but for their times. */
export function* mixedLines(count: number, seed: number): Generator<string> {
  const random = seededRandom(seed)
  const start = Date.now() - HOUR_MS
  const persons = Math.ceil(count / EVENTS_PER_PERSON)
  for (let index = 0; index < count; index++) {
    const made = HUNDRED[below(HUNDRED.length, random)](index, personOf(below(persons, random)), random)
    if (typeof made === 'string') yield made
    else yield JSON.stringify({ messageId: `m${index}`, timestamp: timeAt(start, index), ...made })
  }
}

/** Lines of valid conversions, each of another visitor. */
export function* plainLines(count: number): Generator<string> {
  const start = Date.now() - HOUR_MS
  for (let index = 0; index < count; index++) {
    const properties = { kameleoonVisitorCode: `visitor${index}`, revenue: index / 100 }
    const times = { messageId: `m${index}`, timestamp: timeAt(start, index) }
    yield JSON.stringify({ ...times, type: 'track', event: 'Order Completed', userId: `user${index}`, properties })
  }
}

/** Writes lines to a file, as fast as the disk takes them. */
export async function writeLines(path: string, lines: Iterable<string>): Promise<void> {
  const file = createWriteStream(path)
  for (const line of lines) if (!file.write(`${line}\n`)) await once(file, 'drain')
  file.end()
  await once(file, 'finish')
}

function timeAt(start: number, index: number): string {
  return new Date(start + (index * DISTANCE_MS) / 10).toISOString()
}

function personOf(number: number): Person {
  const devices = [0, 1].map((device) => ({
    anonymousId: `browser-${number}-${device}`,
    kameleoonVisitorCode: `visitor${number}x${device}`
  }))
  return { userId: `user-${number}`, devices, groupId: `group-${number}` }
}
