import { randomBytes } from 'crypto'
import { Readable } from 'stream'
import { deflateRawSync, gzipSync } from 'zlib'
import { unpacked } from '../bytes/gzip'
import { piecesOf } from './event-folder'

// Longer than a piece of input and than a part of output, packed much and hardly at all.
const text = Buffer.from('{"type":"page","name":"東京"}\n'.repeat(50_000))
const noise = randomBytes(300_000)

async function unpack(content: Buffer, piece = 65_536): Promise<{ content: Buffer; failure: string | null }> {
  const parts: Buffer[] = []
  try {
    for await (const part of unpacked(Readable.from(piecesOf(content, piece)))) parts.push(part)
    return { content: Buffer.concat(parts), failure: null }
  } catch (error) {
    // What fails here is an Error; anything else would fail the test.
    return { content: Buffer.concat(parts), failure: (error as Error).message }
  }
}

/** A header with every optional part. https://www.rfc-editor.org/rfc/rfc1952#section-2.3 */
function withFullHeader(content: Buffer): Buffer {
  const start = Buffer.from([0x1f, 0x8b, 8, 2 + 4 + 8 + 16, 0, 0, 0, 0, 0, 3])
  const extra = Buffer.from([4, 0, 1, 2, 3, 0])
  const trailer = gzipSync(content).subarray(-8)
  return Buffer.concat([start, extra, Buffer.from('name\0comment\0xx'), deflateRawSync(content), trailer])
}

describe('gzip data', () => {
  it.each([
    ['text', gzipSync(text), text],
    ['noise', gzipSync(noise), noise],
    ['nothing', gzipSync(''), Buffer.alloc(0)],
    [
      'several members',
      Buffer.concat([gzipSync(text), gzipSync(''), gzipSync('end')]),
      Buffer.concat([text, Buffer.from('end')])
    ],
    ['a header with all parts', withFullHeader(text), text],
    ['zeros behind the end', Buffer.concat([gzipSync('abc'), Buffer.alloc(100_000)]), Buffer.from('abc')]
  ])('is unpacked: %s', async (_what, packed, expected) => {
    for (const piece of [65_536, 1000]) {
      const { content, failure } = await unpack(packed, piece)
      expect(failure).toBeNull()
      expect(content.equals(expected)).toBe(true)
    }
  })

  it('is unpacked when it comes byte by byte', async () => {
    const packed = Buffer.concat([withFullHeader(Buffer.from('one')), gzipSync('two'), Buffer.from([0, 0])])
    expect(await unpack(packed, 1)).toEqual({ content: Buffer.from('onetwo'), failure: null })
  })

  it.each([
    ['text', Buffer.from('something else')],
    ['a line break', Buffer.from('\n')],
    ['text behind zeros', Buffer.concat([Buffer.alloc(70_000), Buffer.from('x')])]
  ])('gives all of its content before it says that something follows: %s', async (_what, garbage) => {
    for (const piece of [65_536, 1]) {
      const { content, failure } = await unpack(Buffer.concat([gzipSync('abc'), gzipSync('def'), garbage]), piece)
      expect(content.toString()).toBe('abcdef')
      expect(failure).toBe('something follows the end of the gzip data')
    }
  })

  it('that is cut anywhere gives what was packed before the cut, and says that it ends early', async () => {
    const packed = gzipSync(text, { level: 0 })
    for (const kept of [3, 9, 11, 1000, 400_000, packed.length - 9, packed.length - 8, packed.length - 1]) {
      const { content, failure } = await unpack(packed.subarray(0, kept))
      expect(failure).toBe('the gzip data ends early')
      expect(content.equals(text.subarray(0, content.length))).toBe(true)
      // A block of data that is not compressed has at most 64 KB, and can be read only with its start.
      expect(content.length).toBeGreaterThan(kept - 65_536)
    }
  })

  it('that is damaged says so', async () => {
    const broken = (position: number): Buffer => {
      const packed = gzipSync(text)
      packed[position] ^= 0xff
      return packed
    }
    expect((await unpack(broken(10))).failure).toMatch(/^the gzip data is damaged: /)
    expect((await unpack(broken(gzipSync(text).length - 6))).failure).toMatch(/^the gzip data is damaged: its checksum/)
    expect((await unpack(broken(2))).failure).toBe('the gzip data is packed in a way that is not known')
  })

  it('is unpacked no further than it is read', async () => {
    const packed = gzipSync(Buffer.alloc(50_000_000))
    let read = 0
    function* pieces(): Generator<Buffer> {
      for (const piece of piecesOf(packed, 1024)) {
        read++
        yield piece
      }
    }
    for await (const part of unpacked(Readable.from(pieces(), { highWaterMark: 1 }))) {
      expect(part.length).toBeLessThanOrEqual(256 * 1024)
      break
    }
    expect(read).toBeLessThan(5)
  })
})
