import { Destination, type SegmentEvent } from '@segment/actions-core'
import { freshEvents, settings } from './events'
import { connectTo } from '../src/emulator'
import type { Definition } from './subjects'

/** Events that exist at a time: enough to measure, few enough not to be the memory that is measured. */
const SLICE = 10_000

export interface Flow {
  send: Send
  batchSize: number
  inFlight: number
}

/** How long sending took; making the events is not part of it. */
export interface Elapsed {
  seconds: number
  /** Time of the processor in this process, of all its threads. */
  cpuSeconds: number
}

/**
 * Sends `count` events, beginning with number `first`.
 * @throws Error if one of them is not accepted
 */
export async function sendAll(flow: Flow, first: number, count: number): Promise<Elapsed> {
  const elapsed = { seconds: 0, cpuSeconds: 0 }
  for (let sent = 0; sent < count; sent += SLICE) {
    const batches = batchesOf(freshEvents(first + sent, Math.min(SLICE, count - sent)), flow.batchSize)
    const begin = performance.now()
    const cpu = process.cpuUsage()
    await Promise.all(Array.from({ length: flow.inFlight }, () => sendNext(flow.send, batches)))
    const { user, system } = process.cpuUsage(cpu)
    elapsed.seconds += (performance.now() - begin) / 1e3
    elapsed.cpuSeconds += (user + system) / 1e6
  }
  return elapsed
}

/** One of several senders that take the next batch as soon as they are free; the last batch is taken first. */
async function sendNext(send: Send, batches: SegmentEvent[][]): Promise<void> {
  for (let batch = batches.pop(); batch; batch = batches.pop()) {
    const accepted = await send(batch)
    if (accepted !== batch.length) throw new Error(`Only ${accepted} of ${batch.length} events were accepted.`)
  }
}

function batchesOf(events: SegmentEvent[], size: number): SegmentEvent[][] {
  return Array.from({ length: Math.ceil(events.length / size) }, (_, index) =>
    events.slice(index * size, (index + 1) * size)
  )
}

/** Sends events through a destination, all in one call; resolves to how many of them were accepted. */
export type Send = (events: SegmentEvent[]) => Promise<number>

/** A destination as Segment holds it, with the mapping of its preset for track calls, connected to the sink. */
export function senderOf(definition: Definition, sinkUrl: string, isBatched: boolean): Send {
  const destination = new Destination(connectTo(definition, { url: sinkUrl }))
  const held = { ...settings, subscription: trackSubscription(definition) }
  return async (events) => {
    try {
      if (isBatched) return acceptedIn(await destination.onBatch(events, held))
      await destination.onEvent(events[0], held)
      return 1
    } finally {
      // actions-core keeps every response for good.
      destination.responses.length = 0
    }
  }
}

function trackSubscription({ presets = [] }: Definition) {
  const preset = presets.find(({ name }) => name === 'Track Calls')
  if (preset?.type !== 'automatic') throw new Error('The destination has no preset for track calls.')
  const { partnerAction, subscribe, mapping = {} } = preset
  return { partnerAction, subscribe, mapping }
}

function acceptedIn(results: Awaited<ReturnType<Destination['onBatch']>>): number {
  return (results[0]?.multistatus ?? []).filter(({ status }) => status === 200).length
}
