import { ChangedSourceError, messageOf, type Source, type SourceLine, type Stop } from '../../segment-host'
import { PortionWriter } from './portion-writer'
import type { PutResult, QueueRun } from './queue-run'
import { savePosition } from './run-position'

/** A portion is put on the queue as a whole. It decides how large jobs can be. */
const PORTION_LINES = 20_000
const PORTION_BYTES = 16_000_000

/**
 * Puts a source of events on the queue, in portions, for workers to deliver. Resolves when all is on the queue, when it was
 * asked to stop, and also when reading fails: the result says so then. It can go on later without putting anything twice.
 * @throws what the queue throws, or a callback; the run can go on later all the same
 * @throws ChangedSourceError when the source is not that of the stopped run; nothing was put on the queue then
 */
export async function putOnQueue(source: Source, run: QueueRun): Promise<PutResult> {
  const begin = performance.now()
  const writer = new PortionWriter(run)
  const reader = new PortionReader(run, writer)
  let stop: Omit<Stop, 'after'> | undefined
  try {
    stop = await reader.read(source)
  } catch (error) {
    if (error instanceof ChangedSourceError || reader.isWriting) throw error
    await reader.endEarly()
    stop = { cause: 'source', reason: messageOf(error) }
  }
  const position = { ...writer.position, hasEnded: stop === undefined }
  await savePosition(run.fleet, run.id, position)
  const seconds = (performance.now() - begin) / 1000
  return {
    ...{ position, seconds, lines: reader.lines },
    ...(stop ? { stopped: { ...stop, after: reader.last } } : {})
  }
}

/** Gathers lines into portions. */
class PortionReader {
  private portion: SourceLine[] = []
  private bytes = 0
  private readonly start: number
  private isChecked: boolean
  /** The portion that was being put when the run stopped ends here. */
  private portionEnd: number | null
  isWriting = false
  lines = 0
  last: { file: string; line: number } | null = null

  constructor(
    private readonly run: QueueRun,
    private readonly writer: PortionWriter
  ) {
    this.start = run.stopped?.read ?? 0
    this.isChecked = this.start === 0
    this.portionEnd = run.stopped?.portionEnd ?? null
  }

  async read(source: Source): Promise<Omit<Stop, 'after'> | undefined> {
    for await (const lines of source) {
      for (const line of lines) {
        if (this.run.signal?.aborted) return STOPPED
        if (!this.isNew(line)) continue
        if (this.lines === this.run.limit && this.portionEnd === null) {
          await this.end()
          return { cause: 'limit', reason: `--limit is ${this.run.limit}` }
        }
        await this.add(line)
      }
      this.run.onReceived?.(this.start + this.lines)
    }
    if (this.run.signal?.aborted) return STOPPED
    if (!this.isChecked || this.portionEnd !== null) throw changed()
    await this.end()
    return this.run.signal?.aborted ? STOPPED : undefined
  }

  /** Puts what was gathered, unless it is a part of a portion of which some jobs may be on the queue. */
  async endEarly(): Promise<void> {
    if (this.portionEnd === null) await this.end()
  }

  /** Puts what was gathered. */
  private async end(): Promise<void> {
    const portion = this.portion
    this.portion = []
    this.bytes = 0
    this.portionEnd = null
    if (portion.length === 0) return
    this.isWriting = true
    await this.writer.write(portion)
    this.isWriting = false
  }

  private isNew({ number, checksum }: SourceLine): boolean {
    if (number > this.start) return true
    if (number === this.start) {
      if (checksum !== this.run.stopped?.checksum) throw changed()
      this.isChecked = true
    }
    return false
  }

  private async add(line: SourceLine): Promise<void> {
    this.lines++
    this.last = { file: line.file, line: line.line }
    this.portion.push(line)
    if (line.kind === 'event') this.bytes += line.bytes
    const isEnd =
      this.portionEnd === null
        ? this.portion.length === PORTION_LINES || this.bytes >= PORTION_BYTES
        : line.number === this.portionEnd
    if (isEnd) await this.end()
  }
}

const STOPPED = { cause: 'request', reason: 'it was asked to stop' } as const

const changed = (): ChangedSourceError =>
  new ChangedSourceError('The source does not begin as it did in the stopped run')
