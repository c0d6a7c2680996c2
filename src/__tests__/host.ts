import type { SegmentEvent } from '@segment/actions-core'
import definition from '../destinations/kameleoon'
import { connectTo } from '../emulator'
import { hostDestination, presetSubscriptions, runDelivery } from '../segment-host'
import type { Outcome, SourceLine, Subscription } from '../segment-host'
import type { Kameleoon } from './kameleoon'

export interface HostOptions {
  /** Default: those of the presets. */
  subscriptions?: Subscription[]
  batchSize?: number
}

/**
 * Delivers events as a file of them is delivered: through all subscriptions that match, in batches, in order.
 * @returns for each event its outcomes, one for each subscription that took it
 */
export async function deliverThroughHost(
  kameleoon: Kameleoon,
  events: readonly object[],
  { subscriptions = presetSubscriptions(definition), batchSize }: HostOptions = {}
): Promise<Outcome[][]> {
  const outcomes = events.map((): Outcome[] => [])
  const summary = await runDelivery([events.map(lineOf)], {
    destination: definition,
    subscriptions,
    batchSize,
    send: hostDestination(connectTo(definition, kameleoon.emulator), { ...kameleoon.settings }),
    retry: { retries: 0 },
    onSettled: ({ line, outcome }) => outcomes[line - 1].push(outcome)
  })
  expect(summary.interrupted).toBeUndefined()
  return outcomes
}

/** Events come from anyone: they need not be what their type says. */
function lineOf(event: object, index: number): SourceLine {
  const text = JSON.stringify(event)
  const place = { number: index + 1, file: 'events', line: index + 1, checksum: 0 }
  return { kind: 'event', ...place, text, bytes: Buffer.byteLength(text), event: event as SegmentEvent }
}
