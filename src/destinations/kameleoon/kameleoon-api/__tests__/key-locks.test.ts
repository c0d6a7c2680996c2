import { testClient } from '../../__tests__/__helpers__/kameleoon'
import { locked } from '../locks'

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

  it('are free again after an action that failed', async () => {
    await expect(locks.run(['a'], () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    await expect(locks.run(['a'], () => Promise.resolve('fine'))).resolves.toBe('fine')
  })

  it('hand back what the action returns, also without any key', async () => {
    await expect(locks.run([], () => Promise.resolve(7))).resolves.toBe(7)
  })
})
