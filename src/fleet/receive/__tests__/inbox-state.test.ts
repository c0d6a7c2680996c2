import { InboxState } from '../inbox-state'

/** A state of a queue with these sizes, one at each look. */
function stateWith(sizes: (number | Error)[], limits?: { jobs: number; bytes: number }) {
  const texts: string[] = []
  const size = (): Promise<number> => {
    const next = sizes.shift()
    return typeof next === 'number' ? Promise.resolve(next) : Promise.reject(next ?? new Error('no more looks'))
  }
  return { texts, state: new InboxState({ size }, (text) => texts.push(text), limits) }
}

describe('The state of the inbox', () => {
  it('knows nothing at first, and then what waits', async () => {
    const { state, texts } = stateWith([7])
    expect(state.reach).toEqual({ kind: 'unknown' })
    await state.look()
    expect([state.reach, state.isFull, texts]).toEqual([{ kind: 'reachable', waiting: 7 }, false, []])
  })

  it('says once that the queue cannot be reached, and that it can again', async () => {
    const gone = new Error('connection refused')
    const { state, texts } = stateWith([1, gone, gone, 1, 1])
    for (let look = 1; look <= 5; look++) await state.look()
    expect(texts).toEqual(['The queue cannot be reached: connection refused', 'The queue takes events'])
  })

  it('cannot be reached when there is no answer in time', async () => {
    const state = new InboxState({ size: () => new Promise<number>(() => undefined) })
    await state.look(10)
    expect(state.reach).toEqual({ kind: 'unreachable', reason: 'no answer within 10 ms' })
  })

  it('is full at so many jobs', async () => {
    const { state, texts } = stateWith([99, 100, 98], { jobs: 100, bytes: 1e9 })
    const found: boolean[] = []
    for (let look = 1; look <= 3; look++) {
      await state.look()
      found.push(state.isFull)
    }
    expect(found).toEqual([false, true, false])
    expect(texts).toEqual(['The inbox of the queue is full: events are answered with 429', 'The queue takes events'])
  })

  it('is full at so many bytes, by the mean size of the jobs that were added', async () => {
    const { state } = stateWith([10], { jobs: 100, bytes: 5_000 })
    await state.look()
    state.added(400)
    expect(state.isFull).toBe(false)
    for (let job = 1; job <= 30; job++) state.added(600)
    expect(state.isFull).toBe(true)
  })
})
