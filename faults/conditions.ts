import { isPending, type Delivery } from './driver'
import { differences, expectedState } from './state'
import type { SuiteResult } from './suite'

/** Something that must hold, and the first few things that speak against it. */
export interface Condition {
  name: string
  violations: string[]
}

/** Requests of a disturbed run over those of a calm one with the faults added. */
export const MOST_REQUESTS = 1.3

export function conditions(result: SuiteResult): Condition[] {
  const { events, calm, faulty } = result
  const expected = expectedState(events)
  const settled = faulty.deliveries.map((delivery) => ({ delivery, violation: violationOf(delivery) }))
  const wrong = (kind: string) =>
    settled.flatMap(({ delivery, violation }) =>
      violation !== undefined && delivery.source.expected.kind === kind ? [violation] : []
    )
  return [
    { name: 'every event has an outcome', violations: unsettled(faulty.deliveries) },
    { name: 'every valid event is delivered', violations: wrong('delivered') },
    { name: 'every invalid event is rejected with its reason', violations: wrong('rejected') },
    { name: 'events of Kameleoon itself are filtered', violations: wrong('filtered') },
    { name: 'without faults: all is there exactly once', violations: differences(expected, calm.state) },
    { name: 'with faults: all is there exactly once', violations: differences(expected, faulty.state) },
    { name: 'the nonces are those of the run without faults', violations: sameNonces(calm.nonces, faulty.nonces) },
    { name: 'Kameleoon discards nothing', violations: [...calm.discarded, ...faulty.discarded] },
    { name: 'every kind of fault struck', violations: idleFaults(result) },
    { name: `requests within ${MOST_REQUESTS} times`, violations: tooManyRequests(result) }
  ]
}

/** Faults that struck, 401 after the end of a token among them. */
export function faultsInjected({ faulty }: SuiteResult): number {
  return faulty.unauthorized + faulty.faults.reduce((sum, { fault }) => sum + fault.hits, 0)
}

export function requestRatio(result: SuiteResult): number {
  return result.faulty.requests / (result.calm.requests + faultsInjected(result))
}

export function unsettled(deliveries: readonly Delivery[]): string[] {
  return deliveries.filter(isPending).map(inWords)
}

/** In words, an outcome that is not the expected one. */
export function violationOf(delivery: Delivery): string | undefined {
  const { outcome, source } = delivery
  const { expected } = source
  if (outcome?.kind !== expected.kind) return inWords(delivery)
  if (outcome.kind !== 'rejected' || expected.kind !== 'rejected') return undefined
  return outcome.status === 400 && expected.reason.test(outcome.reason) ? undefined : inWords(delivery)
}

function inWords({ source, attempts, outcome }: Delivery): string {
  return `${source.text.slice(0, 200)}: ${JSON.stringify(outcome)} after ${attempts} attempts`
}

function sameNonces(calm: string[], faulty: string[]): string[] {
  const known = new Set(calm)
  const again = new Set(faulty)
  return [
    ...faulty.filter((nonce) => !known.has(nonce)).map((nonce) => `${nonce} is new`),
    ...calm.filter((nonce) => !again.has(nonce)).map((nonce) => `${nonce} is missing`),
    ...(again.size < faulty.length ? [`${faulty.length - again.size} nonces are stored twice`] : [])
  ]
}

function idleFaults({ faulty }: SuiteResult): string[] {
  const names = new Map<string, number>()
  for (const { target, kind, fault } of faulty.faults) {
    const name = `${target.name}: ${kind}`
    names.set(name, (names.get(name) ?? 0) + fault.hits)
  }
  const idle = [...names].filter(([, hits]) => hits === 0).map(([name]) => name)
  return faulty.unauthorized === 0 ? [...idle, 'an ended token'] : idle
}

function tooManyRequests(result: SuiteResult): string[] {
  const ratio = requestRatio(result)
  return ratio > MOST_REQUESTS ? [`${ratio.toFixed(3)} times`] : []
}
