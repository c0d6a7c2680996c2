import { arrivals, repeatedCount, sentRequests } from './arrivals'
import { buildCommand, countsIn, summaryIn, type Ended } from './built-command'
import { BATCH_SIZE, CONCURRENCY, deliveryFolder, EVENTS_FILE, removeDeliveryFolders } from './delivery-folder'
import type { DeliveryFolder } from './delivery-folder'
import { mixedEvents } from './mixed-events'
import { randomFrom } from './seeded-random'

const CHECKPOINT = `${EVENTS_FILE}.checkpoint`
/** Track and page calls have batches of their own. All others send no nonces. */
const MOST_UNDER_WAY = 2 * BATCH_SIZE * CONCURRENCY

const mixed = mixedEvents(200)
/** A run that nobody stopped. */
let whole: { counts: object; arrived: object; requests: number }

beforeAll(async () => {
  await buildCommand()
  const folder = await deliveryFolder(mixed.lines)
  const ended = await folder.deliver().ended
  const { emulator } = folder
  expect(ended).toMatchObject({ code: 1, signal: null })
  expect(repeatedCount(emulator)).toBe(0)
  whole = { counts: countsIn(ended), arrived: arrivals(emulator), requests: emulator.requests.length }
  await removeDeliveryFolders()
}, 120_000)
afterEach(removeDeliveryFolders)

function expectAllDelivered(folder: DeliveryFolder, last: Ended): void {
  expect(last).toMatchObject({ code: 1, signal: null })
  expect(countsIn(last)).toEqual(whole.counts)
  expect(arrivals(folder.emulator)).toEqual(whole.arrived)
  expect(folder.rejectedLines()).toEqual(mixed.rejectedLines)
  expect(summaryIn(last).rejectedFile).toBe('events.rejected.ndjson')
  expect(folder.has(CHECKPOINT)).toBe(false)
}

/** What tells how a run went on is there once something was settled. */
const goOn = (folder: DeliveryFolder): string[] => (folder.has(CHECKPOINT) ? ['--resume'] : [])

describe('a delivery that is killed twice', () => {
  it.each([1, 2, 3, 4])(
    'has delivered everything when it has gone on to its end, and repeated only what was under way (seed %i)',
    async (seed) => {
      const random = randomFrom(seed)
      const somewhere = (): number => 5 + Math.floor(random() * whole.requests * 0.45)
      const folder = await deliveryFolder(mixed.lines)
      const [first, second] = [somewhere(), somewhere()]
      expect(await folder.interrupted('SIGKILL', first)).toMatchObject({ signal: 'SIGKILL', printed: '' })
      const again = await folder.interrupted('SIGKILL', second, goOn(folder))
      expect(again).toMatchObject({ signal: 'SIGKILL', printed: '' })
      const last = await folder.deliver(goOn(folder)).ended
      expectAllDelivered(folder, last)
      expect(repeatedCount(folder.emulator)).toBeLessThanOrEqual(2 * MOST_UNDER_WAY)
    }
  )
})

describe('a delivery that is asked to stop', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143]
  ] as const)('settles what is under way at %s, says how to go on, and ends with %i', async (signal, code) => {
    const folder = await deliveryFolder(mixed.lines)
    const stopped = await folder.interrupted(signal, Math.floor(whole.requests / 2))
    expect(stopped).toMatchObject({ code, signal: null })
    expect(summaryIn(stopped)).toMatchObject({ stopped: { cause: 'request', after: { file: EVENTS_FILE } } })
    expect(stopped.said).toMatch(new RegExp(`Stopped after line \\d+ of ${EVENTS_FILE}: ${signal} was received\\.`))
    expect(stopped.said).toContain(`Go on with the same command and --resume. How far it came is in ${CHECKPOINT}.`)
    const { emulator } = folder
    const sent = sentRequests(emulator)
    const without = await folder.deliver().ended
    expect(without).toMatchObject({ code: 2, printed: '' })
    expect(without.said).toMatch(/was delivered in part: it stopped after \d+ events/)
    expect(sentRequests(emulator)).toBe(sent)
    expectAllDelivered(folder, await folder.deliver(['--resume']).ended)
    expect(repeatedCount(emulator)).toBe(0)
  })

  it('ends at once at a second signal, and goes on as if it was killed', async () => {
    const folder = await deliveryFolder(mixed.lines)
    const running = folder.deliver()
    folder.afterRequests(Math.floor(whole.requests / 3), () => {
      // From here on nothing is answered, so that batches stay under way.
      folder.emulator.faults.add({ stall: 'headers' })
      running.child.kill('SIGINT')
    })
    await running.hasSaid('A second signal ends at once')
    running.child.kill('SIGINT')
    expect(await running.ended).toMatchObject({ code: null, signal: 'SIGINT', printed: '' })
    folder.emulator.faults.clear()
    expectAllDelivered(folder, await folder.deliver(['--resume']).ended)
    expect(repeatedCount(folder.emulator)).toBeLessThanOrEqual(MOST_UNDER_WAY)
  })
})

describe('a delivery that stopped', () => {
  async function stopped(): Promise<DeliveryFolder> {
    const folder = await deliveryFolder(mixed.lines)
    const ended = await folder.deliver(['--limit', '100']).ended
    expect(ended.code).toBe(1)
    expect(summaryIn(ended)).toMatchObject({ received: 100, unsettled: 0, stopped: { cause: 'limit' } })
    return folder
  }

  it('goes on after --limit and sends nothing twice', async () => {
    const folder = await stopped()
    expectAllDelivered(folder, await folder.deliver(['--resume']).ended)
    expect(repeatedCount(folder.emulator)).toBe(0)
  })

  it('ends with 0 in each part when nothing is rejected, and cannot go on after its end', async () => {
    const good = mixed.lines.filter((_, index) => !mixed.rejectedLines.includes(index + 1))
    const folder = await deliveryFolder(good)
    expect((await folder.deliver(['--limit', '60']).ended).code).toBe(0)
    const last = await folder.deliver(['--resume']).ended
    expect(last.code).toBe(0)
    expect(summaryIn(last)).toMatchObject({ received: good.length, rejected: 0, rejectedFile: null })
    expect(arrivals(folder.emulator)).toEqual(whole.arrived)
    expect(folder.names()).toEqual([EVENTS_FILE])
    const again = await folder.deliver(['--resume']).ended
    expect(again.code).toBe(2)
    expect(again.said).toContain('There is no stopped run to go on with')
  })

  it('begins anew with --restart', async () => {
    const folder = await stopped()
    folder.emulator.forgetData()
    expectAllDelivered(folder, await folder.deliver(['--restart']).ended)
    expect(repeatedCount(folder.emulator)).toBe(0)
  })

  it.each([
    [
      'a line before that place has changed',
      [...mixed.lines.slice(0, 50), '{}', ...mixed.lines.slice(51)],
      'their beginning has changed'
    ],
    ['lines were removed', mixed.lines.slice(0, 60), 'their beginning has changed']
  ])('is refused with 2 and sends nothing when %s', async (_what, lines, reason) => {
    const folder = await stopped()
    const sent = sentRequests(folder.emulator)
    folder.write(EVENTS_FILE, lines.join('\n'))
    const refused = await folder.deliver(['--resume']).ended
    expect(refused).toMatchObject({ code: 2, printed: '' })
    expect(refused.said).toContain(reason)
    expect(sentRequests(folder.emulator)).toBe(sent)
    expect(folder.has(CHECKPOINT)).toBe(true)
    expect(folder.rejectedLines()).toEqual(mixed.rejectedLines.filter((line) => line <= 100))
  })

  it('is refused with 2 and sends nothing when the file has another name', async () => {
    const folder = await stopped()
    const sent = sentRequests(folder.emulator)
    folder.write('other.ndjson', mixed.lines.join('\n'))
    const refused = await folder.deliver(['--resume', '--checkpoint', CHECKPOINT], { files: ['other.ndjson'] }).ended
    expect(refused).toMatchObject({ code: 2, printed: '' })
    expect(refused.said).toContain(`The stopped run had other files (${EVENTS_FILE})`)
    expect(sentRequests(folder.emulator)).toBe(sent)
  })
})
