import { mkdtempSync, writeFileSync } from 'fs'
import { tmpdir } from 'os'
import { join } from 'path'
import { Readable } from 'stream'
import { gzipSync } from 'zlib'
import { openEventFile, type EventFile } from '../event-file'
import { UsageError } from '../../../segment-host'

const folder = mkdtempSync(join(tmpdir(), 'event-file-'))
const text = '{"type":"page"}\n'.repeat(1000)

function fileWith(name: string, content: Buffer | string): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

async function contentOf(file: EventFile): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of file.content) parts.push(part)
  return Buffer.concat(parts).toString()
}

describe('opening a file of events', () => {
  it('reads a plain file and tells how far it is', async () => {
    const file = await openEventFile(fileWith('plain.ndjson', text))
    expect(file.size).toBe(text.length)
    expect(file.bytesRead()).toBe(0)
    expect(await contentOf(file)).toBe(text)
    expect(file.bytesRead()).toBe(text.length)
  })

  it('unpacks gzip by its content, whatever the name', async () => {
    const packed = gzipSync(text)
    const file = await openEventFile(fileWith('packed.ndjson', packed))
    expect(await contentOf(file)).toBe(text)
    expect(file.bytesRead()).toBe(packed.length)
  })

  it('reads a plain file that is only named .gz', async () => {
    expect(await contentOf(await openEventFile(fileWith('not-really.gz', text)))).toBe(text)
  })

  it('reads several gzip members one after another', async () => {
    const both = Buffer.concat([gzipSync('one\n'), gzipSync('two\n')])
    expect(await contentOf(await openEventFile(fileWith('members.gz', both)))).toBe('one\ntwo\n')
  })

  it('reads standard input, packed or not, also when it comes byte by byte', async () => {
    const bytes = (content: Buffer): Readable => Readable.from(Array.from(content, (byte) => Buffer.from([byte])))
    expect(await contentOf(await openEventFile('-', bytes(Buffer.from('abc'))))).toBe('abc')
    const packed = await openEventFile('-', bytes(gzipSync('abc')))
    expect(packed.size).toBeUndefined()
    expect(await contentOf(packed)).toBe('abc')
  })

  it('takes empty input and input of a single byte', async () => {
    expect(await contentOf(await openEventFile(fileWith('empty.ndjson', '')))).toBe('')
    expect(await contentOf(await openEventFile(fileWith('one.ndjson', 'x')))).toBe('x')
  })

  it('fails while reading when packed input breaks off', async () => {
    const packed = gzipSync(text)
    const file = await openEventFile(fileWith('cut.gz', packed.subarray(0, packed.length - 12)))
    await expect(contentOf(file)).rejects.toThrow('unexpected end of file')
  })

  it('says which file cannot be read, and why', async () => {
    const missing = join(folder, 'missing.ndjson')
    await expect(openEventFile(missing)).rejects.toThrow(UsageError)
    await expect(openEventFile(missing)).rejects.toThrow(`Cannot read ${missing}: ENOENT`)
    await expect(openEventFile(folder)).rejects.toThrow(`Cannot read ${folder}: it is a directory`)
  })
})
