import { RunState, type Checkpoint } from '../checkpoint'

const subscriptions = [{ name: 'Orders', partnerAction: 'take', subscribe: 'type = "track"', mapping: {} }]
const delivered = { outcome: { kind: 'delivered' } as const, count: 1 }

/** Three lines were read, of which the checkpoint knows one; the second was settled after it. */
const stopped = {
  checkpoint: {
    read: 1,
    checksum: 11,
    unsettled: [[1]],
    settledLater: [[]],
    counts: { received: 1, old: 0, unmatched: [], unreadable: [], subscriptions: [] }
  } satisfies Checkpoint,
  batches: [{ subscription: 0, numbers: [2], outcomes: [delivered] }]
}

describe('a run that goes on', () => {
  it('sends again what is not settled, before and after the checkpoint', () => {
    const state = new RunState(subscriptions, stopped)
    expect([state.isOpen(0, 1, false), state.isOpen(0, 2, true), state.isOpen(0, 3, true)]).toEqual([true, false, true])
  })

  it('and stops before it has read what was settled after the checkpoint keeps that for the next one', () => {
    const checkpoint = new RunState(subscriptions, stopped).checkpoint()
    expect(checkpoint).toMatchObject({ read: 1, unsettled: [[1]], settledLater: [[2]] })
    const next = new RunState(subscriptions, { checkpoint, batches: [] })
    expect(next.isOpen(0, 2, true)).toBe(false)
    expect(next.tally.summary()).toMatchObject({ received: 1, delivered: 1 })
  })

  it('forgets what was settled after the checkpoint once it has read that far', () => {
    const state = new RunState(subscriptions, stopped)
    const place = { file: 'events', line: 2, number: 2, checksum: 22 }
    state.pass(place)
    expect(state.checkpoint()).toMatchObject({ read: 2, checksum: 22, unsettled: [[1]], settledLater: [[]] })
  })
})
