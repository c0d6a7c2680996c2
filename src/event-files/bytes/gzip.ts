import { createInflateRaw, crc32, type InflateRaw } from 'zlib'
import { ByteReader } from './byte-reader'

// The parts of a gzip file: https://www.rfc-editor.org/rfc/rfc1952#section-2.3
const MAGIC = [0x1f, 0x8b]
const DEFLATE = 8
const FLAGS = { checksum: 2, extra: 4, name: 8, comment: 16 }
const HEADER_BYTES = 10
const TRAILER_BYTES = 8

/** Input is unpacked in pieces of this size: gzip makes at most about a thousand times as much of it. */
const PIECE_BYTES = 16 * 1024
const MOST_UNPACKED_BYTES = 256 * 1024

/** The number of first bytes that tell whether content is gzip. */
export const GZIP_MAGIC_BYTES = MAGIC.length

export function isGzip(head: Buffer): boolean {
  return MAGIC.every((byte, index) => head[index] === byte)
}

/**
 * Unpacks gzip data: members one after another, and zeros behind the last one. Node's own gunzip passes on nothing of the
 * piece in which it finds an error, and takes a cut for the end of something else; here everything before is passed on.
 * @throws Error that says whether the data ends early, is damaged, or has something behind its end
 */
export async function* unpacked(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  const bytes = new ByteReader(packed)
  try {
    do {
      await skipHeader(bytes)
      yield* readMember(bytes)
    } while (await hasOtherMember(bytes))
  } finally {
    await bytes.close()
  }
}

async function skipHeader(bytes: ByteReader): Promise<void> {
  const header = await take(bytes, HEADER_BYTES)
  if (header[2] !== DEFLATE) throw new Error('the gzip data is packed in a way that is not known')
  const flags = header[3]
  if (flags & FLAGS.extra) await take(bytes, (await take(bytes, 2)).readUInt16LE())
  if (flags & FLAGS.name) await skipText(bytes)
  if (flags & FLAGS.comment) await skipText(bytes)
  if (flags & FLAGS.checksum) await take(bytes, 2)
}

async function skipText(bytes: ByteReader): Promise<void> {
  while ((await take(bytes, 1))[0] !== 0);
}

async function take(bytes: ByteReader, length: number): Promise<Buffer> {
  return (await bytes.take(length)) ?? endsEarly()
}

function endsEarly(): never {
  throw new Error('the gzip data ends early')
}

async function* readMember(bytes: ByteReader): AsyncIterable<Buffer> {
  let checksum = 0
  let length = 0
  for await (const part of inflated(bytes)) {
    checksum = crc32(part, checksum)
    length += part.length
    yield part
  }
  const trailer = await take(bytes, TRAILER_BYTES)
  // The length is stored modulo 2 to the power of 32.
  if (trailer.readUInt32LE(0) !== checksum || trailer.readUInt32LE(4) !== length % 2 ** 32) {
    throw new Error('the gzip data is damaged: its checksum is another one')
  }
}

async function* inflated(bytes: ByteReader): AsyncIterable<Buffer> {
  const inflate = createInflateRaw({ chunkSize: MOST_UNPACKED_BYTES })
  const parts: Buffer[] = []
  inflate.on('data', (part: Buffer) => void parts.push(part))
  try {
    for (let isAtEnd = false; !isAtEnd;) {
      const piece = (await bytes.next(PIECE_BYTES)) ?? endsEarly()
      const before = inflate.bytesWritten
      isAtEnd = await written(inflate, piece)
      if (isAtEnd) bytes.putBack(piece.length - (inflate.bytesWritten - before))
      yield* parts.splice(0)
    }
  } finally {
    inflate.destroy()
  }
}

/** Resolves to true when the packed data ended in the piece, or before it. */
function written(inflate: InflateRaw, piece: Buffer): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => reject(new Error(`the gzip data is damaged: ${error.message}`))
    const end = (): void => resolve(true)
    inflate.once('error', fail).once('end', end)
    inflate.write(piece, (error) => {
      if (error) return
      inflate.off('error', fail).off('end', end)
      resolve(false)
    })
  })
}

async function hasOtherMember(bytes: ByteReader): Promise<boolean> {
  const head = await bytes.peek(MAGIC.length)
  if (head.length === 0) return false
  if (isGzip(head)) return true
  for (let piece = await bytes.next(PIECE_BYTES); piece; piece = await bytes.next(PIECE_BYTES)) {
    if (piece.some((byte) => byte !== 0)) throw new Error('something follows the end of the gzip data')
  }
  return false
}
