import { progressOn } from '..'
import { progressLines } from '../progress-lines'
import { rejection, settled, testClock, wait } from './samples'

function started() {
  const clock = testClock()
  const lines: string[] = []
  const watch = progressLines({ write: (text) => lines.push(text) }, clock)
  return { clock, lines, watch }
}

describe('the lines of a delivery off a terminal', () => {
  it('come every ten seconds, with position, percentage, rate and counts', () => {
    const { clock, lines, watch } = started()
    watch.position({ events: 0, bytes: 0, totalBytes: 400_000 })
    for (let event = 0; event < 3; event++) watch.settled(settled({ kind: 'delivered' }))
    watch.settled(settled({ kind: 'filtered', reason: 'no visitor' }))
    watch.settled(settled(rejection))
    clock.advance(9_999)
    watch.position({ events: 12_000, bytes: 100_000, totalBytes: 400_000 })
    expect(lines).toEqual([])
    clock.advance(1)
    const first = '12,000 events (25%), 1,200 a second, 3 delivered, 1 rejected, 30s left\n'
    expect(lines).toEqual([first])
    clock.advance(20_000)
    expect(lines).toEqual([
      first,
      ...Array<string>(2).fill('12,000 events (25%), 0 a second, 3 delivered, 1 rejected\n')
    ])
  })

  it('have neither percentage nor time left when the size is not known', () => {
    const { clock, lines, watch } = started()
    watch.position({ events: 0, bytes: 0, totalBytes: undefined })
    watch.position({ events: 50, bytes: 500, totalBytes: undefined })
    clock.advance(10_000)
    expect(lines).toEqual(['50 events, 5 a second, 0 delivered, 0 rejected\n'])
  })

  it('end when the watch is closed, and leave no timer behind', async () => {
    const { clock, lines, watch } = started()
    expect(clock.timers()).toBe(1)
    await watch.close()
    clock.advance(60_000)
    expect(lines).toEqual([])
    expect(clock.timers()).toBe(0)
  })

  it('have notes between them at once', () => {
    const { lines, watch } = started()
    watch.note('It stops.')
    expect(lines).toEqual(['It stops.\n'])
  })
})

describe('a pause off a terminal', () => {
  it('of more than two seconds is told at once, and in the lines as long as it lasts', () => {
    const { clock, lines, watch } = started()
    watch.waiting(wait(12_500))
    expect(lines).toEqual(['waiting 13 s to send 500 again: 503 Service unavailable\n'])
    clock.advance(20_000)
    expect(lines.slice(1)).toEqual([
      '0 events, 0 delivered, 0 rejected, waiting 3 s to send 500 again: 503 Service unavailable\n',
      '0 events, 0 delivered, 0 rejected\n'
    ])
  })

  it('of two seconds is not told at once', () => {
    const { lines, watch } = started()
    watch.waiting(wait(2000))
    expect(lines).toEqual([])
  })

  it('is told once in ten seconds, however many there are', () => {
    const { clock, lines, watch } = started()
    const told = () => lines.filter((line) => line.startsWith('waiting'))
    for (let pause = 0; pause < 5; pause++) watch.waiting(wait(3000))
    clock.advance(9_000)
    watch.waiting(wait(3000))
    expect(told()).toHaveLength(1)
    clock.advance(1_000)
    watch.waiting(wait(3000))
    expect(told()).toHaveLength(2)
  })

  it('is one line, however long the reason is', () => {
    const { lines, watch } = started()
    watch.waiting(wait(5000, '<html>\n\u001b[31mdown\r\n'.repeat(100)))
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^waiting 5 s to send 500 again: <html> \[31mdown [^\u0000-\u001f]*…\n$/)
    expect(lines[0].length).toBeLessThanOrEqual(241)
  })
})

it.each([
  ['a pipe', {}, {}],
  ['a terminal whose cursor cannot be moved', { isTTY: true, columns: 80 }, { TERM: 'dumb' }]
])('lines are for %s: nothing is written before ten seconds have passed', async (_what, output, env) => {
  const written: string[] = []
  const watch = progressOn({ ...output, write: (text) => written.push(text) }, env)
  watch.position({ events: 1, bytes: 1, totalBytes: 2 })
  watch.note('A sentence.')
  await watch.close()
  expect(written).toEqual(['A sentence.\n'])
})
