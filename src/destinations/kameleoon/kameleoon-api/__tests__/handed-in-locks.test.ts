import { callsTo, kameleoon, startFromEmpty, testClient } from '../../__tests__/__helpers__/kameleoon'
import { runBatch } from '../../__tests__/__helpers__/segment'
import { useLocks } from '../..'
import type { KeyLocks } from '../..'
import { AbortedError, LockError } from '../errors'
import { locked } from '../locks'

const IDENTIFY = { partnerAction: 'identifyEvent' }
const identify = { type: 'identify', userId: 'ada@example.com', traits: { kameleoonVisitorCode: 'ada-1', plan: 'pro' } }

/** Locks that note the keys they are asked for. */
function notingLocks() {
  const asked: Array<readonly string[]> = []
  const locks: KeyLocks = {
    run: (keys, action) => {
      asked.push(keys)
      return action()
    }
  }
  return { asked, locks }
}

beforeEach(startFromEmpty)
afterEach(() => useLocks(undefined))

describe('locks that a host hands in', () => {
  it('are held while maps are read, merged and written', async () => {
    const calls = kameleoon()
    const seen: string[][] = []
    useLocks({
      run: async (_keys, action) => {
        const before = calls.length
        const result = await action()
        seen.push(calls.slice(before).map(({ operation }) => operation))
        return result
      }
    })
    const [outcome] = await runBatch([identify], IDENTIFY)
    expect(outcome.status).toBe(200)
    expect(seen.flat().filter((operation) => operation.endsWith('/map/maps'))).toEqual(
      expect.arrayContaining(['GET /map/maps', 'POST /map/maps'])
    )
  })

  it('make links to be read for every batch, since another process may have written one', async () => {
    const page = { type: 'page', anonymousId: 'device-1', timestamp: '2026-01-01T00:00:00Z', properties: {} }
    const calls = kameleoon()
    const reads = async (): Promise<number> => {
      const before = callsTo(calls, 'GET /map/maps').length
      await runBatch([page], { partnerAction: 'pageEvent' })
      return callsTo(calls, 'GET /map/maps').length - before
    }
    expect([await reads(), await reads()]).toEqual([1, 0])
    useLocks(notingLocks().locks)
    expect([await reads(), await reads()]).toEqual([1, 1])
  })

  it('are asked for by digests, sorted, without anything of a person', async () => {
    kameleoon()
    const { asked, locks } = notingLocks()
    useLocks(locks)
    await runBatch([identify], IDENTIFY)
    expect(asked).toHaveLength(1)
    expect(asked[0].length).toBeGreaterThan(1)
    for (const key of asked[0]) expect(key).toMatch(/^[0-9a-f]{64}$/)
    expect([...asked[0]].sort()).toEqual(asked[0])
  })

  it('get the same names from every process, others for other keys and other projects', async () => {
    const { asked, locks } = notingLocks()
    useLocks(locks)
    const nothing = () => Promise.resolve()
    await locked(testClient(), ['IDENTIFY_a'], nothing)
    await locked(testClient(), ['IDENTIFY_a'], nothing)
    await locked(testClient(), ['IDENTIFY_b'], nothing)
    await locked(testClient(undefined, 'abc123def5'), ['IDENTIFY_a'], nothing)
    const [first, second, otherKey, otherProject] = asked.map(([key]) => key)
    expect(second).toBe(first)
    expect(new Set([first, otherKey, otherProject]).size).toBe(3)
  })

  it('also keep the calls of one process apart if they do not do so themselves', async () => {
    const { locks } = notingLocks()
    useLocks(locks)
    let running = 0
    let most = 0
    const action = async () => {
      most = Math.max(most, ++running)
      await new Promise(setImmediate)
      running--
    }
    await Promise.all([1, 2, 3].map(() => locked(testClient(), ['IDENTIFY_a'], action)))
    expect(most).toBe(1)
  })

  it.each<[string, KeyLocks]>([
    [
      'reject',
      { run: () => Promise.reject(Object.assign(new Error('redis://fake-secret'), { code: 'ECONNREFUSED' })) }
    ],
    [
      'throw',
      {
        run: () => {
          throw Object.assign(new Error('redis://fake-secret'), { code: 'ECONNREFUSED' })
        }
      }
    ]
  ])('and that %s leave their events for later; nothing was read or written', async (_case, locks) => {
    const calls = kameleoon()
    useLocks(locks)
    const outcomes = await runBatch([identify, { ...identify, userId: 'bob' }], IDENTIFY)
    const expected = {
      status: 503,
      errortype: 'SERVICE_UNAVAILABLE',
      errormessage: 'The locks of this host failed (ECONNREFUSED)'
    }
    expect(outcomes).toMatchObject([expected, expected])
    expect(callsTo(calls, 'POST /map/maps')).toEqual([])
    useLocks(undefined)
    expect((await runBatch([identify], IDENTIFY))[0].status).toBe(200)
  })

  it('and that never run what they are given are told from locks that do', async () => {
    useLocks({ run: () => Promise.resolve(undefined as never) })
    const run = locked(testClient(), ['IDENTIFY_a'], () => Promise.resolve())
    await expect(run).rejects.toThrow(new LockError(': they did not run what they were given'))
  })

  it('and that fail afterwards do not undo what was done under them', async () => {
    kameleoon()
    useLocks({
      run: async (_keys, action) => {
        await action()
        throw new Error('could not be released')
      }
    })
    expect((await runBatch([identify], IDENTIFY))[0].status).toBe(200)
  })

  it('see that an action failed, and hand back its error and not their own', async () => {
    let seen: unknown
    useLocks({
      run: async (_keys, action) => {
        try {
          return await action()
        } catch (error) {
          seen = error
          throw new Error('rolled back')
        }
      }
    })
    const failure = new Error('broken')
    await expect(locked(testClient(), ['IDENTIFY_a'], () => Promise.reject(failure))).rejects.toBe(failure)
    expect(seen).toBe(failure)
  })

  it('and that run it twice do it once', async () => {
    let count = 0
    useLocks({
      run: async (_keys, action) => {
        await action()
        return action()
      }
    })
    await locked(testClient(), ['IDENTIFY_a'], () => Promise.resolve(++count))
    expect(count).toBe(1)
  })

  it('are not waited for once the host ends the delivery, and nothing runs when they come free', async () => {
    let free: () => void = () => undefined
    const until = new Promise<void>((resolve) => (free = resolve))
    const late: unknown[] = []
    useLocks({
      run: async (_keys, action) => {
        await until
        return action().catch((error: unknown) => {
          late.push(error)
          throw error
        })
      }
    })
    const host = new AbortController()
    const action = jest.fn(() => Promise.resolve())
    const run = locked({ ...testClient(), signal: host.signal }, ['IDENTIFY_a'], action)
    await new Promise(setImmediate)
    host.abort()
    await expect(run).rejects.toBeInstanceOf(AbortedError)
    free()
    await new Promise(setImmediate)
    expect(action).not.toHaveBeenCalled()
    expect(late).toEqual([expect.any(AbortedError)])
  })
})
