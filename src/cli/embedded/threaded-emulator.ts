import { extname, join } from 'path'
import { Worker, type WorkerOptions } from 'worker_threads'
import type { RecordedRequest } from '../../emulator'
import { messageOf, UsageError } from '../../segment-host'
import type { EmbeddedEmulator, EmbeddedOptions, StartEmbedded } from './embedded-emulator'
import type { Question, ThreadStart, Told } from './messages'

const EXTENSION = extname(__filename)
const THREAD_FILE = join(__dirname, `emulator-thread${EXTENSION}`)

/** Node cannot start a thread from TypeScript, so this needs the compiled package. */
export const CAN_START_THREADS = EXTENSION === '.js'

/** Request bodies live for a moment only. With its default of 48 MB, V8 lets that much of them pile up. */
const SMALL_HEAP = { maxYoungGenerationSizeMb: 4 }

/** An emulator in a thread of its own, so that it does not take time from the delivery. */
export const startInThread: StartEmbedded = (options, onRequest) => startThread(options, onRequest)

/** The same, with options of the thread instead of the usual ones. */
export async function startThread(
  options: EmbeddedOptions,
  onRequest?: (request: RecordedRequest) => void,
  workerOptions: WorkerOptions = {}
): Promise<EmbeddedEmulator> {
  const workerData: ThreadStart = { options, tellsRequests: onRequest !== undefined }
  const worker = new Worker(THREAD_FILE, {
    resourceLimits: SMALL_HEAP,
    ...workerOptions,
    workerData
  })
  const thread = new Thread(worker, onRequest)
  const { address } = await thread.next('started')
  return {
    ...address,
    failure: () => thread.failure,
    report: async () => (await thread.ask('report')).report,
    close: () => thread.close()
  }
}

type Kind = Told['kind']
type ToldOf<K extends Kind> = Extract<Told, { kind: K }>

interface Waiting {
  receive: (told: Told) => boolean
  reject: (error: Error) => void
}

/** The emulator's thread, as the command sees it. */
class Thread {
  /** Why the thread ended by itself. */
  failure: UsageError | undefined
  private hasClosed = false
  /** Those who wait for a message, the first one first. */
  private waiting: Waiting[] = []
  private readonly ended: Promise<void>

  constructor(
    private readonly worker: Worker,
    private readonly onRequest?: (request: RecordedRequest) => void
  ) {
    worker.on('message', (told: Told) => this.receive(told))
    worker.on('error', (error: unknown) => this.fail(messageOf(error)))
    this.ended = new Promise((resolve) => {
      worker.on('exit', () => {
        if (!this.hasClosed) this.fail('it stopped without saying why')
        resolve()
      })
    })
  }

  /** The next message of this kind. Rejects when the thread ends before it. */
  next<K extends Kind>(kind: K): Promise<ToldOf<K>> {
    if (this.failure) return Promise.reject(this.failure)
    return new Promise((resolve, reject) => {
      const receive = (told: Told): boolean => isOf(told, kind) && (resolve(told), true)
      this.waiting.push({ receive, reject })
    })
  }

  ask<K extends Question['kind']>(kind: K): Promise<ToldOf<K>> {
    const answer = this.next(kind)
    const question: Question = { kind }
    this.worker.postMessage(question)
    return answer
  }

  async close(): Promise<void> {
    if (!this.failure && !this.hasClosed) await this.ask('close').catch(() => undefined)
    await this.ended
  }

  private receive(told: Told): void {
    if (told.kind === 'request') return this.onRequest?.(told.request)
    if (told.kind === 'close') this.hasClosed = true
    const receiver = this.waiting.findIndex(({ receive }) => receive(told))
    if (receiver >= 0) this.waiting.splice(receiver, 1)
  }

  private fail(reason: string): void {
    this.failure ??= new UsageError(`The embedded emulator of Kameleoon has ended by itself: ${reason}`)
    for (const { reject } of this.waiting.splice(0)) reject(this.failure)
  }
}

function isOf<K extends Kind>(told: Told, kind: K): told is ToldOf<K> {
  return told.kind === kind
}
