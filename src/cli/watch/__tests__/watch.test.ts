import { watches, type Watch } from '../watch'
import { batch, rejection, settled, wait } from './samples'

function observed(name: string, calls: unknown[], close = () => Promise.resolve()): Watch {
  const call =
    (member: string) =>
    (value: unknown): void =>
      void calls.push([name, member, value])
  return {
    ...{ position: call('position'), settled: call('settled'), batch: call('batch'), request: call('request') },
    ...{ waiting: call('waiting'), note: call('note') },
    close: () => {
      calls.push([name, 'close'])
      return close()
    }
  }
}

it('several watches are called in turn, with the same values', async () => {
  const calls: unknown[] = []
  const all = watches([observed('first', calls), observed('second', calls)])
  const position = { events: 1, bytes: 2, totalBytes: 3 }
  const outcome = settled(rejection)
  const request = { method: 'POST', path: '/visit/events', status: 200, milliseconds: 4 }
  const waiting = wait(1000)
  all.position(position)
  all.settled(outcome)
  all.batch(batch)
  all.request(request)
  all.waiting(waiting)
  all.note('It stops.')
  await all.close()
  const expected = Object.entries({ position, settled: outcome, batch, request, waiting, note: 'It stops.' })
  expect(calls).toEqual([
    ...expected.flatMap(([member, value]) => [
      ['first', member, value],
      ['second', member, value]
    ]),
    ['first', 'close'],
    ['second', 'close']
  ])
})

it('all watches are closed before the error of one of them is thrown', async () => {
  const calls: unknown[] = []
  let isClosed = false
  const slow = () => new Promise<void>((resolve) => setImmediate(() => resolve(void (isClosed = true))))
  const all = watches([
    observed('first', calls, () => Promise.reject(new Error('stuck'))),
    observed('second', calls, slow)
  ])
  await expect(all.close()).rejects.toThrow('stuck')
  expect(isClosed).toBe(true)
})
