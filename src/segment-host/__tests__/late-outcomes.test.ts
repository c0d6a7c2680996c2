import { runDelivery, type Checkpoint, type EventLine, type SettledBatch } from '..'

const line: EventLine = {
  kind: 'event',
  ...{ number: 1, file: 'events', line: 1, checksum: 11, text: '{}', bytes: 2 },
  // A test event need not be complete.
  event: { type: 'track', messageId: 'a' } as never
}
const take = { name: 'Track Calls', partnerAction: 'take', subscribe: 'type = "track"', mapping: {} }

beforeEach(() => jest.useFakeTimers())
afterEach(() => jest.useRealTimers())

/** A run whose only batch is under way when it is asked to stop, and is answered after this time. */
async function stoppedRun(answeredAfterMs: number) {
  const stop = new AbortController()
  const [settled, batches, checkpoints]: [string[], SettledBatch[], Checkpoint[]] = [[], [], []]
  const running = runDelivery([[line]], {
    destination: { name: 'Small' },
    subscriptions: [take],
    send: () => new Promise((resolve) => setTimeout(() => resolve([{ status: 200 }]), answeredAfterMs)),
    signal: stop.signal,
    checkpoints: {
      add: (batch) => batches.push(batch),
      pass: () => undefined,
      keep: (checkpoint) => checkpoints.push(checkpoint)
    },
    onSettled: ({ outcome }) => settled.push(outcome.kind)
  })
  await jest.advanceTimersByTimeAsync(0)
  stop.abort()
  await jest.advanceTimersByTimeAsync(60_000)
  return { summary: await running, settled, batches, checkpoints }
}

describe('a batch that is under way when the run is asked to stop', () => {
  it('is settled when it is answered within ten seconds', async () => {
    const { summary, settled, batches, checkpoints } = await stoppedRun(9_900)
    expect(summary).toMatchObject({ delivered: 1, unsettled: 0, stopped: { cause: 'request' } })
    expect(settled).toEqual(['delivered'])
    expect(batches).toMatchObject([{ numbers: [1] }])
    expect(checkpoints).toMatchObject([{ read: 1, unsettled: [[]] }])
  })

  it('stays open when it is answered later: nothing is reported or kept after the end', async () => {
    const { summary, settled, batches, checkpoints } = await stoppedRun(10_100)
    expect(summary).toMatchObject({ delivered: 0, unsettled: 1, stopped: { cause: 'request' } })
    expect(settled).toEqual([])
    expect(batches).toEqual([])
    expect(checkpoints).toMatchObject([{ read: 1, unsettled: [[1]] }])
  })
})
