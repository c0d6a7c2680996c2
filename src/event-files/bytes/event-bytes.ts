import { createReadStream } from 'fs'
import type { Readable } from 'stream'
import { STANDARD_INPUT, type EventPath } from '../event-paths'
import { GZIP_MAGIC_BYTES, isGzip, unpacked } from './gzip'
import { joined } from './peeked-bytes'

/** Larger chunks than Node's usual 64 KB give larger portions, and fewer waits. */
const CHUNK_BYTES = 256 * 1024

/** The content of a file of events; gzip is unpacked. */
export interface EventBytes {
  content: AsyncGenerator<Buffer>
  /** Bytes read so far, as stored. */
  bytesRead: () => number
}

/** Opens a file, or standard input. An error comes with the first read. */
export function openBytes({ path }: EventPath, standardInput: Readable): EventBytes {
  return bytesOf(path === STANDARD_INPUT ? standardInput : createReadStream(path, { highWaterMark: CHUNK_BYTES }))
}

/** The content of a stream; gzip is recognised by its first bytes. */
export function bytesOf(stored: AsyncIterable<Buffer>): EventBytes {
  let bytesRead = 0
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of stored) {
      bytesRead += chunk.length
      yield chunk
    }
  }
  return { content: plain(counted()), bytesRead: () => bytesRead }
}

async function* plain(stored: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const head = await headOf(stored)
  const whole = joined([head], stored)
  yield* isGzip(head) ? unpacked(whole) : whole
}

/** The first bytes, at least as many as tell gzip. A pipe may return one byte at a time. */
async function headOf(source: AsyncGenerator<Buffer>): Promise<Buffer> {
  let head = Buffer.alloc(0)
  while (head.length < GZIP_MAGIC_BYTES) {
    const next = await source.next()
    if (next.done) break
    head = Buffer.concat([head, next.value])
  }
  return head
}
