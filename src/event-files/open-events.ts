import type { Readable } from 'stream'
import { UsageError, type SourceLine } from '../segment-host'
import { openEventFile, type EventFile } from './event-file'
import { eventPaths, STANDARD_INPUT, type EventPath } from './event-paths'
import { Places } from './places'
import { cannotRead } from './read-problems'

/** The events of files, one file after another, each in one of the accepted forms. */
export interface EventSource {
  /** The files in the order in which they are read, as shown to the user. */
  files: readonly string[]
  /** Size in bytes of all files as stored; undefined where one is not known, as for standard input. */
  size: number | undefined
  /** What `line` of an event counts: lines of the file, or the events of JSON documents. `line` when files differ. */
  readonly unit: 'line' | 'event'
  /** Bytes read so far, as stored. */
  bytesRead: () => number
  /**
   * The lines of all files, in portions as they are read; can be read once. Lines whose number is not wanted are passed
   * over. Throws an Error that names the file when one cannot be read; what stands before has been given by then.
   */
  portions: (isWanted?: (number: number) => boolean) => AsyncIterable<readonly SourceLine[]>
}

export interface OpenOptions {
  /** What is read for `-`. Default: that of this process. */
  standardInput?: Readable
}

/**
 * Finds files of events by names, folders, patterns, and `-` for standard input, and opens the first.
 * @throws UsageError when one of them is not there or may not be read, or when the first has no events in any form;
 * nothing has been delivered then
 */
export async function openEvents(paths: readonly string[], options: OpenOptions = {}): Promise<EventSource> {
  const { standardInput = process.stdin } = options
  const files = await eventPaths(paths)
  const open = (file: EventPath): Promise<EventFile> => openEventFile(file, standardInput)
  const [first] = files
  if (!first) throw new UsageError('No file of events is given')
  try {
    return new Files(files, await open(first), open)
  } catch (error) {
    throw new UsageError(cannotRead(shown(first), error))
  }
}

class Files implements EventSource {
  readonly files: readonly string[]
  readonly size: number | undefined
  private bytesBefore = 0
  private hasLines = false

  constructor(
    private readonly paths: EventPath[],
    private current: EventFile,
    private readonly open: (file: EventPath) => Promise<EventFile>
  ) {
    this.files = paths.map(shown)
    this.size = totalOf(paths)
    this.use(current)
  }

  get unit(): 'line' | 'event' {
    return this.hasLines ? 'line' : 'event'
  }

  readonly bytesRead = (): number => this.bytesBefore + this.current.bytesRead()

  readonly portions = (isWanted = (_number: number): boolean => true): AsyncIterable<readonly SourceLine[]> =>
    this.read(isWanted)

  private async *read(isWanted: (number: number) => boolean): AsyncGenerator<readonly SourceLine[]> {
    const places = new Places()
    for (const path of this.paths) {
      const file = shown(path)
      try {
        if (path !== this.paths[0]) await this.openNext(path)
        for await (const lines of this.current.portions({ file, places, isWanted })) if (lines.length > 0) yield lines
      } catch (error) {
        throw new Error(cannotRead(file, error))
      }
    }
  }

  private async openNext(path: EventPath): Promise<void> {
    const next = await this.open(path)
    this.bytesBefore += this.current.bytesRead()
    this.use(next)
  }

  private use(file: EventFile): void {
    this.current = file
    this.hasLines ||= file.unit === 'line'
  }
}

function shown({ path }: EventPath): string {
  return path === STANDARD_INPUT ? 'standard input' : path
}

function totalOf(paths: EventPath[]): number | undefined {
  return paths.reduce<number | undefined>(
    (total, { size }) => (total === undefined || size === undefined ? undefined : total + size),
    0
  )
}
