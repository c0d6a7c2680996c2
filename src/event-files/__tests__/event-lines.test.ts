import { Readable } from 'stream'
import { LONGEST_LINE_BYTES, readEventLines } from '../event-lines'
import { Places } from '../places'
import { contentsOf, read as readPortions, readAll } from './event-folder'
import type { SourceLine } from '../../segment-host'

function read(...chunks: (string | Buffer)[]): Promise<SourceLine[]> {
  const content = Readable.from(chunks.map((chunk) => Buffer.from(chunk)))
  return readPortions(readEventLines(content, { file: 'events', places: new Places(), isWanted: () => true }))
}

const event = (line: SourceLine): unknown => contentsOf([line])[0]

describe('reading events, one a line', () => {
  it('gives every event with its line number, also when chunks end inside lines and characters', async () => {
    const bytes = Buffer.from('{"type":"track","event":"東京 🎉"}\n{"type":"page"}\n')
    const pieces = Array.from(bytes, (byte) => Buffer.from([byte]))
    const lines = await read(...pieces)
    expect(lines.map(event)).toEqual([{ type: 'track', event: '東京 🎉' }, { type: 'page' }])
    expect(lines.map(({ line }) => line)).toEqual([1, 2])
  })

  it('needs no line break at the end', async () => {
    expect((await read('{"type":"page"}')).map(event)).toEqual([{ type: 'page' }])
  })

  it('leaves out blank lines and counts them in line numbers', async () => {
    const lines = await read('\n  \t\r\n{"type":"page"}\r\n\n')
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatchObject({ kind: 'event', line: 3, text: '{"type":"page"}' })
  })

  it('takes a byte order mark', async () => {
    expect((await read('\uFEFF{"type":"page"}\n')).map(event)).toEqual([{ type: 'page' }])
  })

  it('rejects a line that is not JSON, with its number and the reason, and goes on', async () => {
    const lines = await read('{"type":"page"}\nhello\n{"type":"track"}\n')
    expect(lines.map(({ kind }) => kind)).toEqual(['event', 'unreadable', 'event'])
    expect(lines[1]).toMatchObject({ line: 2, text: 'hello' })
    expect(event(lines[1])).toMatch(/^not JSON: .*hello/)
  })

  it.each([
    ['[1]', 'an array'],
    ['null', 'null'],
    ['12', 'a number'],
    ['"track"', 'a string'],
    ['true', 'a boolean']
  ])('rejects %s, which is JSON but no object', async (text, kind) => {
    const [line] = await read(`${text}\n`)
    expect(line).toMatchObject({
      kind: 'unreadable',
      reason: `not an event but ${kind}: each line must be a JSON object`
    })
  })

  it('rejects a line that is not UTF-8 instead of changing it silently', async () => {
    const lines = await read(Buffer.from('{"type":"page","name":"caf\u00e9"}\n', 'latin1'), '{"type":"page"}\n')
    expect(lines.map(event)).toEqual(['not encoded in UTF-8', { type: 'page' }])
  })

  it('rejects a line of 30 MB without keeping it, and loses nothing around it', async () => {
    const chunk = Buffer.alloc(1024 * 1024, 'x')
    const lines = await read('{"type":"page"}\n', ...Array.from({ length: 30 }, () => chunk), '\n{"type":"track"}\n')
    expect(lines.map(({ line, kind }) => [line, kind])).toEqual([
      [1, 'event'],
      [2, 'unreadable'],
      [3, 'event']
    ])
    expect(lines[1]).toMatchObject({
      text: null,
      reason: `longer than ${LONGEST_LINE_BYTES} bytes, the most for an event`
    })
  })

  it('takes a line of exactly the longest length', async () => {
    const padding = 'x'.repeat(LONGEST_LINE_BYTES - '{"type":""}'.length)
    const [line] = await read(`{"type":"${padding}"}\n`)
    expect(line).toMatchObject({ kind: 'event', bytes: LONGEST_LINE_BYTES })
  })

  it.each([
    ['{"type":"page"}\n{"type":"track"}', ['event', 'event']],
    ['{"type":"page"}\n{"type":"tra', ['event']],
    ['{"type":"page"}\n', ['event']]
  ])('gives the whole lines of %j before a failure, and not the start of one', async (text, kinds) => {
    async function* content(): AsyncGenerator<Buffer> {
      yield Buffer.from(text)
      await Promise.reject(new Error('broken'))
    }
    const reading = { file: 'events', places: new Places(), isWanted: () => true }
    const { lines, failure } = await readAll(readEventLines(content(), reading))
    expect(lines.map(({ kind }) => kind)).toEqual(kinds)
    expect(failure).toBe('broken')
  })

  it('takes input that is nested a hundred thousand levels deep', async () => {
    const [line] = await read(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)
    expect(line.kind).toBe('event')
  })
})
