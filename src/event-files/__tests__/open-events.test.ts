import { mkdtempSync, writeFileSync } from 'fs'
import { tmpdir } from 'os'
import { join } from 'path'
import { Readable } from 'stream'
import { gzipSync } from 'zlib'
import { UsageError, type SourceLine } from '../../segment-host'
import { LONGEST_LINE_BYTES } from '../event-lines'
import { openEvents } from '../open-events'
import { contentsOf, isEventLine, piecesOf, read as readPortions } from './event-folder'

const folder = mkdtempSync(join(tmpdir(), 'open-events-'))
const events = ['a', 'b', 'c'].map((event) => ({
  type: 'track',
  event,
  context: null,
  properties: { list: [1, [2]], text: 'two\nlines "{[', deep: { batch: [{ type: 'page' }] } }
}))

/** Reads content as a file, and as standard input in small pieces; both must be the same. */
async function read(content: string | Buffer): Promise<{ unit: string; lines: SourceLine[] }> {
  const path = join(folder, 'events')
  writeFileSync(path, content)
  const fromFile = await openEvents([path])
  const standardInput = Readable.from(piecesOf(Buffer.from(content), 7))
  const fromInput = await openEvents(['-'], { standardInput })
  const lines = await readPortions(fromFile.portions())
  const named = lines.map((line) => ({ ...line, file: 'standard input' }))
  expect(await readPortions(fromInput.portions())).toEqual(named)
  return { unit: fromFile.unit, lines }
}

const pretty = (value: unknown): string => JSON.stringify(value, null, 2)
const each = (text: (value: unknown) => string, between: string): string => events.map(text).join(between)

describe('events in the forms that people have', () => {
  it.each([
    ['one a line', each(JSON.stringify, '\n'), 'line'],
    ['an array on one line', JSON.stringify(events), 'event'],
    ['an array over many lines', pretty(events), 'event'],
    ['an array with an event a line', `[\n${each(JSON.stringify, ',\n')}\n]\n`, 'event'],
    ['several arrays', `${JSON.stringify(events.slice(0, 1))}\n${pretty(events.slice(1))}`, 'event'],
    ['events over many lines, one after another', each(pretty, '\n'), 'event'],
    ['events over many lines without a break between', each(pretty, ''), 'event']
  ])('are read from %s', async (_form, text, unit) => {
    for (const before of ['', '\uFEFF', '\n  \n']) {
      for (const lineBreak of ['\n', '\r\n']) {
        const { lines, unit: found } = await read(before + text.replace(/\n/g, lineBreak))
        expect(contentsOf(lines)).toEqual(events)
        expect(found).toBe(unit)
      }
    }
  })

  it('have the number of their position, and a text of one line', async () => {
    const { lines } = await read(pretty(events))
    expect(lines.map(({ line }) => line)).toEqual([1, 2, 3])
    expect(lines.filter(isEventLine).map(({ text }) => text)).toEqual(events.map((event) => JSON.stringify(event)))
  })

  it('are read from a single event over many lines', async () => {
    expect(contentsOf((await read(pretty(events[0]))).lines)).toEqual([events[0]])
  })

  it('are read from gzip', async () => {
    const path = join(folder, 'packed.gz')
    writeFileSync(path, gzipSync(pretty(events)))
    expect(contentsOf(await readPortions((await openEvents([path])).portions()))).toEqual(events)
  })

  it.each(['', ' \n', '[]', '[\n]', '{"batch":[]}'])('may be none: %j', async (text) => {
    expect((await read(text)).lines).toEqual([])
  })
})

describe('a body of the Tracking API', () => {
  const body = {
    writeKey: 'key',
    batch: [
      { type: 'track', event: 'a', messageId: '1', timestamp: '2026-03-02T08:00:00.000Z' },
      { type: 'track', event: 'b', messageId: '2', context: { page: 1 }, integrations: { All: true } }
    ],
    sentAt: '2026-03-02T09:00:00.000Z',
    context: { ip: '192.0.2.1' },
    integrations: { Kameleoon: false }
  }

  it.each([
    ['on one line', JSON.stringify(body)],
    ['over many lines', pretty(body)]
  ])('%s sets context, integrations and times for its events, though they stand behind', async (_form, text) => {
    const { lines } = await read(text)
    const [first, second] = contentsOf(lines)
    expect(first).toMatchObject({
      event: 'a',
      timestamp: '2026-03-02T08:00:00.000Z',
      context: { ip: '192.0.2.1' },
      integrations: { Kameleoon: false }
    })
    expect(second).toMatchObject({
      timestamp: '2026-03-02T09:00:00.000Z',
      context: { ip: '192.0.2.1', page: 1 },
      integrations: { Kameleoon: false, All: true }
    })
  })

  it('sets nothing for the events of another body in the same file', async () => {
    const other = { batch: [{ type: 'page', messageId: '3' }], sentAt: '2026-03-02T10:00:00.000Z' }
    const { lines } = await read(`${JSON.stringify(body)}\n${JSON.stringify(other)}`)
    expect(contentsOf(lines)[2]).toMatchObject({ type: 'page' })
    expect(contentsOf(lines)[2]).not.toHaveProperty('integrations')
  })
})

describe('an event of a body that has no messageId', () => {
  const order = { type: 'track', event: 'a', timestamp: '2026-03-02T08:00:00.000Z' }
  const idsIn = async (batch: object[]): Promise<string[]> => {
    const { lines } = await read(JSON.stringify({ batch, sentAt: '2026-03-02T09:00:00.000Z' }))
    return contentsOf(lines).map((event) => (event as { messageId: string }).messageId)
  }

  it('gets the same one at each reading, and equal events get different ones', async () => {
    const [first, second] = await idsIn([order, order])
    expect(first).toMatch(/^api-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    expect(second).not.toBe(first)
    expect(await idsIn([order, order])).toEqual([first, second])
  })

  it('gets another one when it or an event before it says something else', async () => {
    const [, second] = await idsIn([order, order])
    const [, changed] = await idsIn([order, { ...order, event: 'b' }])
    const [, behindAnother] = await idsIn([{ ...order, event: 'b' }, order])
    expect(new Set([second, changed, behindAnother]).size).toBe(3)
  })
})

describe('something in a document that is no event', () => {
  it('is rejected alone, with its position', async () => {
    const { lines } = await read(JSON.stringify([events[0], null, 'x', [], events[1]]))
    const reason = (kind: string): string => `not an event but ${kind}: each event must be a JSON object`
    expect(contentsOf(lines)).toEqual([
      events[0],
      reason('null'),
      reason('a value of type string'),
      reason('an array'),
      events[1]
    ])
    expect(lines[1]).toMatchObject({ line: 2, text: 'null' })
  })

  it('is rejected alone when it is too long, or nested too deeply', async () => {
    const long = JSON.stringify({ type: 'track', x: 'x'.repeat(LONGEST_LINE_BYTES) })
    const deep = `{"type":"track","x":${'['.repeat(50_000)}${']'.repeat(50_000)}}`
    const path = join(folder, 'odd.json')
    writeFileSync(path, `[${JSON.stringify(events[0])},${long},${deep},${JSON.stringify(events[1])}]`)
    const [first, tooLong, tooDeep, last] = contentsOf(await readPortions((await openEvents([path])).portions()))
    expect([first, last]).toEqual(events.slice(0, 2))
    expect(tooLong).toBe(`longer than ${LONGEST_LINE_BYTES} bytes, the most for an event`)
    expect(tooDeep).toMatch(/^cannot be processed, is it nested too deeply\?/)
  })
})

describe('what cannot be read', () => {
  it.each([
    ['text', 'hello', 'there is no event in the first 1 line; line 1 is not JSON'],
    ['a table', 'type,event\ntrack,a\n', 'there is no event in the first 2 lines; line 1 is not JSON'],
    ['a number', '42', 'line 1 is not an event but a number'],
    ['UTF-16', Buffer.from(`\uFEFF${pretty(events)}`, 'utf16le'), 'not encoded in UTF-8'],
    ['lines without a type', '{"a":1}\n{"b":2}\n', 'line 1 is an object with the members "a", but without a "type"'],
    ['another object', pretty({ note: 1, events }), 'an object with the members "note", "events", but without'],
    ['a list of nothing', '[null,1]', 'there is no event in it; the first value is null'],
    ['a cut array', pretty(events).slice(0, -5), 'not valid JSON after event 2'],
    ['a cut event', '{"type":"track"', 'not valid JSON after event 0'],
    ['an array with a comma too much', `[${JSON.stringify(events[0])},]`, 'not valid JSON after event 1'],
    ['a document with text behind it', `${pretty(events)}\nend`, 'not valid JSON after event 3']
  ])('is refused before anything is delivered: %s', async (_what, content, seen) => {
    const input = openEvents(['-'], { standardInput: Readable.from([Buffer.from(content)]) })
    await expect(input).rejects.toThrow(UsageError)
    await expect(input).rejects.toThrow(seen)
    await expect(input).rejects.toThrow('Accepted are one event a line (NDJSON), a JSON array of events')
    writeFileSync(join(folder, 'strange'), content)
    await expect(openEvents([join(folder, 'strange')])).rejects.toThrow(seen)
  })

  it('is not a broken line before good ones, nor after them', async () => {
    const line = JSON.stringify(events[0])
    for (const text of [`{oops\n${line}`, `hello\n\n${line}\n{"type":`]) {
      const { lines } = await read(text)
      expect(lines.filter(({ kind }) => kind === 'event')).toHaveLength(1)
      expect(lines[0]).toMatchObject({ kind: 'unreadable', line: 1 })
    }
  })
})
