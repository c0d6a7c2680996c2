import { renameSync } from 'fs'
import { join } from 'path'
import { arrivals, repeatedCount, sentRequests } from './arrivals'
import { buildCommand, countsIn, startCommand, summaryIn } from './built-command'
import { deliveryFolder, EVENTS_FILE, removeDeliveryFolders, type DeliveryFolder } from './delivery-folder'
import { mixedEvents } from './mixed-events'

const mixed = mixedEvents(200)
let whole: { counts: object; arrived: ReturnType<typeof arrivals>; requests: number }

beforeAll(async () => {
  await buildCommand()
  const folder = await deliveryFolder(mixed.lines)
  const ended = await folder.deliver().ended
  const { emulator } = folder
  whole = { counts: countsIn(ended), arrived: arrivals(emulator), requests: emulator.requests.length }
  await removeDeliveryFolders()
}, 120_000)
afterEach(removeDeliveryFolders)

async function expectToGoOn(folder: DeliveryFolder, ...args: string[]): Promise<void> {
  const last = await folder.deliver(['--resume', ...args]).ended
  expect(last).toMatchObject({ code: 1, signal: null })
  expect(countsIn(last)).toEqual(whole.counts)
  expect(folder.names().join()).not.toContain('.checkpoint')
}

describe('deliver --max-rejected', () => {
  it.each([['10'], ['5%']])(
    '%s stops a file with more, and the rest is delivered by a run that goes on',
    async (most) => {
      const folder = await deliveryFolder(mixed.lines)
      const stopped = await folder.deliver(['--max-rejected', most]).ended
      expect(stopped.code).toBe(3)
      expect(stopped.said).toMatch(
        /Stopped after line \d+ of .*: \d+ of \d+ outcomes are rejections, more than allowed\./
      )
      const { rejected, received } = summaryIn(stopped)
      expect(summaryIn(stopped)).toMatchObject({ stopped: { cause: 'rejections' } })
      expect(rejected).toBeLessThan(mixed.rejectedLines.length)
      expect(received).toBeLessThan(mixed.lines.length)
      await expectToGoOn(folder)
      expect(arrivals(folder.emulator)).toEqual(whole.arrived)
      expect(repeatedCount(folder.emulator)).toBe(0)
      expect(folder.rejectedLines()).toEqual(mixed.rejectedLines)
    }
  )
})

describe('a Kameleoon that is gone in the middle', () => {
  const quickly = ['--retries', '1', '--retry-delay', '10']

  it('ends the delivery with 3, and the rest is delivered once it is back', async () => {
    const folder = await deliveryFolder(mixed.lines)
    const running = folder.deliver(quickly)
    folder.afterRequests(Math.floor(whole.requests / 2), () => void folder.closeEmulator())
    const stopped = await running.ended
    expect(stopped.code).toBe(3)
    const summary = summaryIn(stopped)
    expect(summary).toMatchObject({ stopped: { cause: 'unreachable' } })
    expect(summary.undelivered).toBeGreaterThan(0)
    expect(stopped.said).toContain('every attempt of 3 batches in a row failed')
    const before = arrivals(folder.emulator).nonces
    await folder.openEmulator(folder.emulator.port)
    await expectToGoOn(folder)
    const all = new Set([...before, ...arrivals(folder.emulator).nonces])
    expect([...all].sort()).toEqual(whole.arrived.nonces)
    expect(folder.rejectedLines()).toEqual(mixed.rejectedLines)
  })

  it('has the same stored data in the end', async () => {
    const folder = await deliveryFolder(mixed.lines)
    const running = folder.deliver(quickly)
    folder.afterRequests(Math.floor(whole.requests / 2), () => folder.emulator.faults.add({ reset: 'before' }))
    expect((await running.ended).code).toBe(3)
    folder.emulator.faults.clear()
    await expectToGoOn(folder)
    expect(arrivals(folder.emulator)).toEqual(whole.arrived)
  })
})

describe('a file that cannot be written', () => {
  it('of rejected events stops the delivery in words, and no rejected event is missing when it goes on', async () => {
    const folder = await deliveryFolder(mixed.lines)
    const stopped = await folder.deliver(['--rejected', '/dev/full']).ended
    expect(stopped.code).toBe(3)
    expect(stopped.said).toContain('cannot write rejected events to /dev/full: ENOSPC')
    expect(stopped.said).not.toContain('    at ')
    expect(summaryIn(stopped)).toMatchObject({ rejected: 0, stopped: { cause: 'output' } })
    await expectToGoOn(folder)
    expect(arrivals(folder.emulator)).toEqual(whole.arrived)
    expect(folder.rejectedLines()).toEqual(mixed.rejectedLines)
  })

  it('for the checkpoint stops the delivery in words, and the older checkpoint is true', async () => {
    const folder = await deliveryFolder(mixed.lines)
    folder.write('kept/placeholder', '')
    const checkpoint = ['--checkpoint', 'kept/checkpoint']
    const running = folder.deliver(checkpoint)
    folder.afterRequests(Math.floor(whole.requests / 2), () => move(folder, 'kept', 'away'))
    const stopped = await running.ended
    expect(stopped.code).toBe(3)
    expect(stopped.said).toContain('Cannot write the checkpoint kept/checkpoint: ENOENT')
    expect(stopped.said).toContain('It is older, so --resume sends some events again, with the same nonces.')
    move(folder, 'away', 'kept')
    await expectToGoOn(folder, ...checkpoint)
    expect(arrivals(folder.emulator)).toEqual(whole.arrived)
  })

  it('for the first checkpoint stops the delivery, and says that the same command begins anew', async () => {
    const folder = await deliveryFolder(mixed.lines)
    folder.write('kept/placeholder', '')
    const running = folder.deliver(['--checkpoint', 'kept/checkpoint'])
    // The first request asks for a token, before anything is settled.
    folder.afterRequests(1, () => move(folder, 'kept', 'away'))
    const stopped = await running.ended
    expect(stopped.code).toBe(3)
    expect(stopped.said).toContain('The same command begins anew, and sends some events again, with the same nonces.')
  })

  it('in one go leaves a part of a checkpoint behind, which is gone at the end', async () => {
    const folder = await deliveryFolder(mixed.lines.slice(0, 20))
    folder.write(`${EVENTS_FILE}.checkpoint.1234567`, '{"version"')
    expect(await folder.deliver().ended).toMatchObject({ code: 1 })
    expect(folder.names()).toEqual([EVENTS_FILE, 'events.rejected.ndjson'])
  })

  it.each([
    ['in a folder that is not there', 'missing/checkpoint'],
    ['that is a folder', '.'],
    ['that is a device', '/dev/null']
  ])('for a checkpoint %s is noticed before anything is sent', async (_where, path) => {
    const folder = await deliveryFolder(mixed.lines)
    const refused = await folder.deliver(['--restart', '--checkpoint', path]).ended
    expect(refused).toMatchObject({ code: 2, printed: '' })
    expect(refused.said).toMatch(/^Error: Cannot write the checkpoint .*\. --checkpoint names another file\n/)
    expect(sentRequests(folder.emulator)).toBe(0)
  })
})

const move = (folder: DeliveryFolder, from: string, to: string): void =>
  renameSync(join(folder.path, from), join(folder.path, to))

describe('an output that nobody reads any more', () => {
  it.each(['stdout', 'stderr'] as const)('does not end a delivery (%s)', async (stream) => {
    const folder = await deliveryFolder(mixed.lines)
    const running = folder.deliver()
    folder.afterRequests(10, () => running.child[stream]?.destroy())
    expect(await running.ended).toMatchObject({ code: 1, signal: null })
    expect(arrivals(folder.emulator)).toEqual(whole.arrived)
    expect(folder.names()).toEqual([EVENTS_FILE, 'events.rejected.ndjson'])
  })

  it('ends a dry run, whose requests are its output', async () => {
    const folder = await deliveryFolder(mixedEvents(3000).lines)
    const { child, ended } = startCommand(['deliver', EVENTS_FILE, '--dry-run'], { folder: folder.path })
    child.stdout?.once('data', () => child.stdout?.destroy())
    expect(await ended).toMatchObject({ code: 0, signal: null })
    expect((await ended).said).not.toContain('│ Total')
  })
})
