import { fleetLocks } from '../locks'

/** Locks of one process, with how often they were asked for. */
function store() {
  const owners = new Map<string, string>()
  return {
    owners,
    takeLocks: jest.fn((keys: readonly string[], owner: string, _milliseconds: number) => {
      const free = keys.every((key) => (owners.get(key) ?? owner) === owner)
      if (free) for (const key of keys) owners.set(key, owner)
      return Promise.resolve(free)
    }),
    releaseLocks: jest.fn((keys: readonly string[], owner: string) => {
      for (const key of keys) if (owners.get(key) === owner) owners.delete(key)
      return Promise.resolve()
    })
  }
}

/** An action that ends when the test says so. */
function action(name: string) {
  let end: (name: string) => void = () => undefined
  const run = jest.fn(() => new Promise<string>((resolve) => (end = resolve)))
  return { run, end: () => end(name) }
}

describe('locks on stored maps', () => {
  beforeEach(() => void jest.useFakeTimers())
  afterEach(() => void jest.useRealTimers())

  test('are held while the action runs, and are free afterwards', async () => {
    const shared = store()
    const { run, end } = action('done')
    const result = fleetLocks(shared).run(['a', 'b'], run)
    await jest.advanceTimersByTimeAsync(0)
    expect([...shared.owners.keys()]).toEqual(['a', 'b'])

    end()
    expect(await result).toBe('done')
    expect(shared.owners.size).toBe(0)
    expect(jest.getTimerCount()).toBe(0)
  })

  test('are free after an action that fails, and the error is passed on', async () => {
    const shared = store()
    const failed = new Error('no')

    await expect(fleetLocks(shared).run(['a'], () => Promise.reject(failed))).rejects.toBe(failed)
    expect(shared.owners.size).toBe(0)
  })

  test('keep actions of one process apart too', async () => {
    const locks = fleetLocks(store())
    const [first, second] = [action('first'), action('second')]
    const results = [locks.run(['a', 'b'], first.run), locks.run(['b', 'c'], second.run)]
    await jest.advanceTimersByTimeAsync(1_000)
    expect(second.run).not.toHaveBeenCalled()

    first.end()
    await jest.advanceTimersByTimeAsync(50)
    expect(second.run).toHaveBeenCalledTimes(1)
    second.end()
    expect(await Promise.all(results)).toEqual(['first', 'second'])
  })

  test('are taken again every 5 seconds while the action runs', async () => {
    const shared = store()
    const { run, end } = action('done')
    const result = fleetLocks(shared).run(['a'], run)
    await jest.advanceTimersByTimeAsync(17_500)

    expect(shared.takeLocks).toHaveBeenCalledTimes(4)
    const [[, owner]] = shared.takeLocks.mock.calls
    for (const call of shared.takeLocks.mock.calls) expect(call).toEqual([['a'], owner, 15_000])
    end()
    await result
  })

  test('go on when one renewal fails', async () => {
    const shared = store()
    const { run, end } = action('done')
    const result = fleetLocks(shared).run(['a'], run)
    await jest.advanceTimersByTimeAsync(0)
    shared.takeLocks.mockRejectedValueOnce(new Error('no connection'))
    await jest.advanceTimersByTimeAsync(10_000)

    expect(shared.takeLocks).toHaveBeenCalledTimes(3)
    end()
    expect(await result).toBe('done')
  })

  test('that cannot be released leave what the action answered', async () => {
    const shared = store()
    shared.releaseLocks.mockRejectedValueOnce(new Error('no connection'))

    expect(await fleetLocks(shared).run(['a'], () => Promise.resolve('done'))).toBe('done')
  })

  test('are waited for with pauses of 5 to 50 milliseconds', async () => {
    const shared = store()
    shared.owners.set('a', 'another process')
    const result = fleetLocks(shared).run(['a'], () => Promise.resolve('done'))
    await jest.advanceTimersByTimeAsync(1_000)
    const tries = shared.takeLocks.mock.calls.length
    expect(tries).toBeGreaterThanOrEqual(20)
    expect(tries).toBeLessThanOrEqual(201)

    shared.owners.clear()
    await jest.advanceTimersByTimeAsync(50)
    expect(await result).toBe('done')
  })

  test('that are not free for 60 seconds are given up, and nothing runs', async () => {
    const shared = store()
    shared.owners.set('a', 'another process')
    const { run } = action('done')
    const result = expect(fleetLocks(shared).run(['a'], run)).rejects.toMatchObject({
      code: 'LOCK_TIMEOUT',
      message: 'Others held the stored maps for 60 seconds'
    })
    await jest.advanceTimersByTimeAsync(60_100)

    await result
    expect(run).not.toHaveBeenCalled()
    expect(shared.releaseLocks).not.toHaveBeenCalled()
  })

  test('that the store cannot take fail at once', async () => {
    const shared = store()
    shared.takeLocks.mockRejectedValueOnce(new Error('no connection'))
    const { run } = action('done')

    await expect(fleetLocks(shared).run(['a'], run)).rejects.toThrow('no connection')
    expect(run).not.toHaveBeenCalled()
  })
})
