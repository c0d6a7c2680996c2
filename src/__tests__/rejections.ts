import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import { identify, group, page, screen, track } from './events'
import { startKameleoon } from './kameleoon'
import type { Kameleoon } from './kameleoon'

/** One event that must be rejected, and the exact message. */
export interface BadInput {
  what: string
  event: SegmentEvent
  /** A mapping that reads the bad value from the event and finds nothing in the other events. */
  mapping?: JSONObject
  message: string
}

/** Asserts that the event is rejected alone, with its neighbours delivered and nothing of its own sent. */
export async function expectRejectedInBatch({ event, mapping, message }: BadInput): Promise<void> {
  const kameleoon = await startKameleoon()
  const [before, after] = ['before', 'after'].map((name) => neighbourOf(event, name))
  const outcomes = await kameleoon.batch([before, event, after], mapping)
  expect(outcomes.map(({ status }) => status)).toEqual([200, 400, 200])
  expect(outcomes[1]).toMatchObject({ errortype: 'PAYLOAD_VALIDATION_FAILED', errormessage: message })
  expectNeighboursOnly(kameleoon, ['before', 'after'])
}

/** The same for events that come one by one. */
export async function expectRejectedAlone({ event, mapping, message }: BadInput): Promise<void> {
  const kameleoon = await startKameleoon()
  expect(await kameleoon.single(event, mapping)).toMatchObject({ status: 400, errormessage: message })
  expect(kameleoon.emulator.totals.events).toEqual({})
  expect(await kameleoon.single(neighbourOf(event, 'after'), mapping)).toMatchObject({ status: 200 })
  expectNeighboursOnly(kameleoon, ['after'])
}

function expectNeighboursOnly({ emulator }: Kameleoon, names: string[]): void {
  const reached = new Set([...emulator.visitors(), ...Object.keys(emulator.maps()).map((key) => key.split('_')[1])])
  expect([...reached].sort()).toEqual([...names].sort())
}

function neighbourOf({ type }: SegmentEvent, name: string): SegmentEvent {
  const fields = { messageId: name, anonymousId: undefined }
  const visitor = { kameleoonVisitorCode: name }
  const calls: Partial<Record<SegmentEvent['type'], SegmentEvent>> = {
    track: track('Order Completed', visitor, fields),
    screen: screen('Order Completed', visitor, fields),
    page: page('Pricing', visitor, fields),
    identify: identify({ ...visitor, plan: 'gold' }, fields),
    group: group('acme', visitor, fields)
  }
  const call = calls[type]
  if (!call) throw new Error(`There is no neighbour for ${type} calls`)
  return call
}
