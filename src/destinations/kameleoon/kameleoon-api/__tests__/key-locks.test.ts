import { apiKeyOf, testClient } from '../../__tests__/__helpers__/kameleoon'
import { AbortedError } from '../errors'
import { locked } from '../locks'
import { processMemory } from '../project'

/** The locks on the maps of a project. */
const locks = {
  run: <T>(keys: string[], action: () => Promise<T>) => locked(testClient(), keys, action)
}

/** An action that the test ends. */
function openEnded() {
  const started = jest.fn()
  let end: () => void = () => undefined
  const until = new Promise<void>((resolve) => (end = resolve))
  const action = async () => {
    started()
    await until
  }
  return { action, started, end: () => end() }
}

/** Lets everything run that waits for nothing but promises. */
const settle = () => new Promise((resolve) => setImmediate(resolve))

describe('locks on keys', () => {
  it('let actions that share a key run one after the other', async () => {
    const [one, two] = [openEnded(), openEnded()]
    const runs = [locks.run(['a', 'b'], one.action), locks.run(['b', 'c'], two.action)]
    await settle()
    expect(one.started).toHaveBeenCalled()
    expect(two.started).not.toHaveBeenCalled()
    one.end()
    await settle()
    expect(two.started).toHaveBeenCalled()
    two.end()
    await Promise.all(runs)
  })

  it('let others run side by side', async () => {
    const [one, two] = [openEnded(), openEnded()]
    const runs = [locks.run(['a'], one.action), locks.run(['b'], two.action)]
    await settle()
    expect(two.started).toHaveBeenCalled()
    one.end()
    two.end()
    await Promise.all(runs)
  })

  it('keep the order in which actions came', async () => {
    const order: number[] = []
    await Promise.all(
      [1, 2, 3, 4, 5].map((number) =>
        locks.run(['a'], async () => {
          await settle()
          order.push(number)
        })
      )
    )
    expect(order).toEqual([1, 2, 3, 4, 5])
  })

  it('never wait for each other in a circle', async () => {
    const runs = [['a', 'b'], ['b', 'a'], ['b', 'c', 'a'], ['c']].map((keys) =>
      locks.run(keys, () => Promise.resolve(keys.join('')))
    )
    await expect(Promise.all(runs)).resolves.toEqual(['ab', 'ba', 'bca', 'c'])
  })

  it('hold for a site code, whatever credentials are used: both reach the same maps', async () => {
    const [one, two, other] = [openEnded(), openEnded(), openEnded()]
    const runs = [
      locked(testClient(), ['a'], one.action),
      locked(testClient(apiKeyOf({ id: 'fake-other', secret: 'fake-secret' })), ['a'], two.action),
      locked(testClient(undefined, 'abc123def5'), ['a'], other.action)
    ]
    await settle()
    expect(two.started).not.toHaveBeenCalled()
    expect(other.started).toHaveBeenCalled()
    for (const { end } of [one, two, other]) end()
    await Promise.all(runs)
  })

  it('hold for as long as they are held, also when the project was forgotten meanwhile', async () => {
    const [one, two] = [openEnded(), openEnded()]
    const runs = [locks.run(['a'], one.action)]
    processMemory.projects.clear()
    runs.push(locks.run(['a'], two.action))
    await settle()
    expect(two.started).not.toHaveBeenCalled()
    one.end()
    two.end()
    await Promise.all(runs)
  })

  it('are not waited for once the host ends the delivery; those behind still wait for those before', async () => {
    const [one, two, three] = [openEnded(), openEnded(), openEnded()]
    const host = new AbortController()
    const first = locks.run(['a'], one.action)
    const second = locked({ ...testClient(), signal: host.signal }, ['a'], two.action)
    const third = locks.run(['a'], three.action)
    await settle()
    host.abort()
    await expect(second).rejects.toBeInstanceOf(AbortedError)
    await settle()
    expect(three.started).not.toHaveBeenCalled()
    one.end()
    await settle()
    expect(two.started).not.toHaveBeenCalled()
    expect(three.started).toHaveBeenCalled()
    three.end()
    await Promise.all([first, third])
  })

  it('are held until an action has really ended, also if the host ends the delivery meanwhile', async () => {
    const [one, two] = [openEnded(), openEnded()]
    const host = new AbortController()
    const first = locked({ ...testClient(), signal: host.signal }, ['a'], one.action)
    const second = locks.run(['a'], two.action)
    await settle()
    host.abort()
    await settle()
    expect(two.started).not.toHaveBeenCalled()
    one.end()
    two.end()
    await Promise.all([first, second])
  })

  it('are free again after an action that failed', async () => {
    await expect(locks.run(['a'], () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    await expect(locks.run(['a'], () => Promise.resolve('fine'))).resolves.toBe('fine')
  })

  it('hand back what the action returns, also without any key', async () => {
    await expect(locks.run([], () => Promise.resolve(7))).resolves.toBe(7)
  })
})
