import { createReadStream, statSync } from 'fs'
import { pipeline, Readable } from 'stream'
import { createGunzip } from 'zlib'
import { messageOf, UsageError } from '../../segment-host'

const GZIP_MAGIC = [0x1f, 0x8b]

/** An open file of events. Gzip content is unpacked. */
export interface EventFile {
  content: AsyncIterable<Buffer>
  /** Size in bytes as stored; undefined where it is not known, as for standard input. */
  size: number | undefined
  /** Bytes read so far, as stored. */
  bytesRead: () => number
  /** Opens it again from the start; null where that is not possible, as for standard input. */
  reopen: (() => Promise<EventFile>) | null
}

/** Opens a file, or standard input for `-`; gzip is recognised by its first bytes. Throws a UsageError with the reason. */
export async function openEventFile(path: string, standardInput: Readable = process.stdin): Promise<EventFile> {
  try {
    return path === '-' ? await openBytes(standardInput) : await openPath(path)
  } catch (error) {
    throw new UsageError(`Cannot read ${path === '-' ? 'standard input' : path}: ${messageOf(error)}`)
  }
}

async function openPath(path: string): Promise<EventFile> {
  const stats = statSync(path)
  if (stats.isDirectory()) throw new Error('it is a directory')
  const file = await openBytes(createReadStream(path))
  if (!stats.isFile()) return file
  return { ...file, size: stats.size, reopen: () => openEventFile(path) }
}

async function openBytes(bytes: AsyncIterable<Buffer>): Promise<EventFile> {
  const source = bytes[Symbol.asyncIterator]()
  const head = await headOf(source)
  let bytesRead = 0
  async function* counted(): AsyncGenerator<Buffer> {
    bytesRead += head.length
    yield head
    for (let next = await source.next(); !next.done; next = await source.next()) {
      bytesRead += next.value.length
      yield next.value
    }
  }
  const isPacked = GZIP_MAGIC.every((byte, index) => head[index] === byte)
  return {
    content: isPacked ? unpacked(counted()) : counted(),
    size: undefined,
    bytesRead: () => bytesRead,
    reopen: null
  }
}

/** The first bytes, at least two if there are two. A pipe may return one byte at a time. */
async function headOf(source: AsyncIterator<Buffer>): Promise<Buffer> {
  let head = Buffer.alloc(0)
  while (head.length < GZIP_MAGIC.length) {
    const next = await source.next()
    if (next.done) break
    head = Buffer.concat([head, next.value])
  }
  return head
}

function unpacked(packed: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  // The reader of the result receives a failure. The callback only prevents that it is thrown here as well.
  return pipeline(Readable.from(packed, { objectMode: false }), createGunzip(), () => undefined)
}
