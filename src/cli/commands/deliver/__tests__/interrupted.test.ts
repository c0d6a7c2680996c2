import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs'
import { tmpdir } from 'os'
import { join } from 'path'
import { builtPackage } from '../../../../../jest/built-package'
import { startEmulator, type Emulator } from '../../../../emulator'
import { arrivedNonces, repeatedCount, sortedNonces, storedMaps } from './arrivals'
import { countsIn, startDelivery, summaryIn, type Ended, type Running } from './built-delivery'
import { mixedEvents } from './mixed-events'
import { randomFrom } from './seeded-random'

const BATCH = 10
const CONCURRENCY = 3
const SIZES = ['--batch-size', String(BATCH), '--concurrency', String(CONCURRENCY)]
/** Track, page and screen calls have batches of their own. Others carry no nonces. */
const MOST_REPEATED = 2 * BATCH * CONCURRENCY

const mixed = mixedEvents(400)
let command: string
let folder: string
/** A run that nobody stopped. */
let whole: { ended: Ended; nonces: string[]; maps: object; requests: number }

beforeAll(async () => {
  command = join(await builtPackage(), 'dist/cli/main.js')
  const stage = await newStage()
  const ended = await stage.deliver().ended
  const { emulator } = stage
  whole = {
    ended,
    nonces: sortedNonces(arrivedNonces(emulator)),
    maps: storedMaps(emulator),
    requests: emulator.requests.length
  }
}, 120_000)
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'interrupted-'))
})

const stages: Stage[] = []
afterEach(async () => {
  await Promise.all(stages.splice(0).map((stage) => stage.close()))
})

/** A folder with a file of events, and an emulator that calls `onRequest` before it answers. */
class Stage {
  onRequest: (count: number) => void = () => undefined
  private count = 0
  readonly folder = mkdtempSync(join(tmpdir(), 'interrupted-'))
  emulator!: Emulator

  async open(): Promise<void> {
    const onRequest = (): void => this.onRequest(++this.count)
    this.emulator = await startEmulator({ rateLimits: false, onRequest })
    writeFileSync(join(this.folder, 'events.ndjson'), mixed.lines.join('\n'))
  }

  deliver(...more: string[]): Running {
    return startDelivery(command, ['events.ndjson', ...SIZES, ...more], this)
  }

  /** Sends a signal when so many more requests have arrived, before the last of them is answered. */
  async interrupted(signal: NodeJS.Signals, requests: number, ...more: string[]): Promise<Ended> {
    const running = this.deliver(...more)
    const last = this.count + requests
    this.onRequest = (count) => count === last && running.child.kill(signal)
    return await running.ended
  }

  async close(): Promise<void> {
    await this.emulator.close()
    rmSync(this.folder, { recursive: true })
  }
}

async function newStage(): Promise<Stage> {
  const stage = new Stage()
  await stage.open()
  stages.push(stage)
  return stage
}

it('debug', async () => {
  console.log(
    whole.requests,
    whole.nonces.length,
    whole.ended,
    JSON.stringify(countsIn(whole.ended)),
    JSON.stringify(whole.maps).slice(0, 1000)
  )
  const stage = await newStage()
  const first = await stage.interrupted('SIGKILL', 20)
  console.log(first, readFileSync(join(stage.folder, 'events.ndjson.checkpoint'), 'utf8').length)
  const then = await stage.deliver('--resume').ended
  console.log(
    then.code,
    then.said,
    countsIn(then),
    repeatedCount(arrivedNonces(stage.emulator)),
    stage.emulator.discarded
  )
})
