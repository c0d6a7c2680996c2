import stringWidth from 'string-width'
import type { Output } from '../../context'
import { Progress } from '../progress'
import { progressBar, progressText } from '../progress-bar'
import { rejection, settled, testClock, wait } from './samples'

const MEGABYTE = 1_000_000

/** A run of 1,000 events and a megabyte a second, after so many seconds. */
function runOf(seconds: number, totalBytes?: number) {
  const clock = testClock()
  const progress = new Progress(() => clock.now())
  progress.position({ events: 0, bytes: 0, totalBytes })
  for (let second = 1; second <= seconds; second++) {
    clock.advance(1000)
    progress.position({ events: second * 1000, bytes: second * MEGABYTE, totalBytes })
  }
  return { clock, progress }
}

describe('the text of the progress bar', () => {
  const half = runOf(50, 100 * MEGABYTE)

  it('has bar, percentage, events, rate and time left in 80 columns', () => {
    expect(progressText(half.progress, 80)).toBe(
      `${'█'.repeat(15)}${'░'.repeat(15)} 50%  50,000 events  1,000/s  50s left`
    )
  })

  it('has a shorter bar in 60 columns', () => {
    const text = progressText(half.progress, 60)
    expect(text).toMatch(/^█+░+ 50% {2}50,000 events {2}1,000\/s {2}50s left$/)
    expect(text).toHaveLength(59)
  })

  it('leaves the bar out where there is no room for it', () => {
    expect(progressText(half.progress, 42)).toBe('50%  50,000 events  1,000/s  50s left')
  })

  it('has events and rate only when the size is not known', () => {
    expect(progressText(runOf(5).progress, 80)).toBe('5,000 events  1,000/s')
  })

  it('shows minutes and hours', () => {
    expect(progressText(runOf(10, 200 * MEGABYTE).progress, 80)).toContain('  3m 10s left')
    expect(progressText(runOf(10, 20_000 * MEGABYTE).progress, 80)).toContain('  5h 33m left')
    expect(progressText(runOf(10, 1e13).progress, 80)).toContain('  over 100h left')
  })

  it('is ready at 100%, and not beyond when the file grows', () => {
    expect(progressText(runOf(10, 9 * MEGABYTE).progress, 80)).toMatch(/^█{30} 100% {2}10,000 events/)
  })

  it('fits 60 and 80 columns with large numbers', () => {
    const clock = testClock()
    const progress = new Progress(() => clock.now())
    progress.position({ events: 0, bytes: 0, totalBytes: 1e12 })
    clock.advance(1000)
    progress.position({ events: 1_234_567_890, bytes: 1, totalBytes: 1e12 })
    for (const columns of [60, 80]) expect(stringWidth(progressText(progress, columns))).toBeLessThan(columns)
  })
})

describe('while events wait', () => {
  it('the reason is shown with a countdown, then the bar again', () => {
    const { clock, progress } = runOf(50, 100 * MEGABYTE)
    progress.waiting(wait(12_000))
    expect(progressText(progress, 80)).toBe('50%  waiting 12 s to send 500 again: 503 Service unavailable')
    clock.advance(9500)
    expect(progressText(progress, 80)).toBe('50%  waiting 3 s to send 500 again: 503 Service unavailable')
    clock.advance(2500)
    expect(progressText(progress, 80)).toContain('50,000 events')
  })

  it('the longest of several pauses is shown', () => {
    const { progress } = runOf(1)
    progress.waiting(wait(30_000, 'long'))
    progress.waiting(wait(1_000, 'short'))
    expect(progressText(progress, 80)).toBe('waiting 30 s to send 500 again: long')
  })

  it.each([60, 80])('the reason is cut to %d columns, also with characters of two columns', (columns) => {
    for (const reason of ['503 '.repeat(100), '服務不可用'.repeat(30)]) {
      const { progress } = runOf(50, 100 * MEGABYTE)
      progress.waiting(wait(12_000, reason))
      const text = progressText(progress, columns)
      expect(text).toMatch(/again: .*…$/)
      expect(stringWidth(text)).toBeLessThan(columns)
      expect(stringWidth(text)).toBeGreaterThan(columns - 4)
    }
  })

  it('control characters of the reason do not reach the terminal', () => {
    const { progress } = runOf(1)
    progress.waiting(wait(5000, '503\u001b[2J\r\nnext\u0007'))
    expect(progressText(progress, 80)).toBe('waiting 5 s to send 500 again: 503 [2J next ')
  })
})

/** A terminal that keeps what is written; it has only the members that the bar uses. */
function terminal(columns: number) {
  const written: string[] = []
  const output = { isTTY: true, columns, write: (text: string) => Boolean(written.push(text)) }
  return { output: output as unknown as Output & NodeJS.WriteStream, written: () => written.join('') }
}

describe('the progress bar on a terminal', () => {
  beforeEach(() => void jest.useFakeTimers())
  afterEach(() => void jest.useRealTimers())

  it.each([60, 80])('is redrawn with time, in %d columns, and cleared at the end', async (columns) => {
    const { output, written } = terminal(columns)
    const bar = progressBar(output)
    bar.position({ events: 0, bytes: 0, totalBytes: 1000 })
    jest.advanceTimersByTime(1000)
    bar.position({ events: 200, bytes: 250, totalBytes: 1000 })
    bar.settled(settled(rejection))
    jest.advanceTimersByTime(1000)
    expect(written()).toMatch(/█+░+ 25% {2}200 events {2}100\/s {2}6s left/)
    bar.waiting(wait(9000))
    jest.advanceTimersByTime(125)
    expect(written()).toContain('25%  waiting 9 s to send 500 again: 503')
    await bar.close()
    expect(written().endsWith('\u001b[2K')).toBe(true)
    expect(jest.getTimerCount()).toBe(0)
  })

  it('has no colours and does not hide the cursor, which would stay hidden after a kill', async () => {
    const { output, written } = terminal(80)
    const bar = progressBar(output)
    jest.advanceTimersByTime(1000)
    await bar.close()
    expect(written()).not.toMatch(/\u001b\[\d*(;\d+)*m/)
    expect(written()).not.toContain('\u001b[?25l')
  })

  it('leaves signals to the command', async () => {
    const before = process.listenerCount('SIGINT')
    const bar = progressBar(terminal(80).output)
    expect(process.listenerCount('SIGINT')).toBe(before)
    await bar.close()
  })

  it('goes on below a note', async () => {
    const { output, written } = terminal(80)
    const bar = progressBar(output)
    bar.position({ events: 7, bytes: 1, totalBytes: 2 })
    bar.note('It stops after this batch.')
    jest.advanceTimersByTime(200)
    expect(written()).toMatch(/\u001b\[2KIt stops after this batch\.\n[^\n]*50% {2}7 events/)
    await bar.close()
  })
})
