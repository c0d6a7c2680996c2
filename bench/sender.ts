import { Destination, type SegmentEvent } from '@segment/actions-core'
import { connectTo } from '../src/emulator'
import { settings } from './settings'
import type { Definition } from './subjects'

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
