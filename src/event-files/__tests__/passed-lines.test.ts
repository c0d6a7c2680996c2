import { join } from 'path'
import { gzipSync } from 'zlib'
import type { SourceLine } from '../../segment-host'
import { LONGEST_LINE_BYTES } from '../event-lines'
import { openEvents } from '../open-events'
import { contentsOf, folderWith, linesOf, namesOf, read } from './event-folder'

const text = `${linesOf('a', 'é')}\n  \r\n{oops\n${linesOf('c')}${'x'.repeat(LONGEST_LINE_BYTES + 1)}\n${linesOf('d')}`
const array = JSON.stringify(['a', 'b', 'c'].map((event) => ({ type: 'track', event })))
const folder = folderWith({
  'plain.ndjson': text,
  'packed.ndjson': gzipSync(text),
  'crlf.ndjson': text.replace(/\r?\n/g, '\r\n'),
  'no-end.ndjson': text.trimEnd(),
  'changed.ndjson': text.replace('"c"', '"C"'),
  'array.json': array,
  'array.json.gz': gzipSync(array),
  'body.json': JSON.stringify({
    sentAt: '2026-03-02T09:00:00.000Z',
    batch: [{ type: 'page' }, { type: 'page', name: 'b' }]
  })
})

async function linesIn(names: string[], isWanted?: (number: number) => boolean): Promise<SourceLine[]> {
  return read((await openEvents(names.map((name) => join(folder, name)))).portions(isWanted))
}

const placesOf = (lines: SourceLine[]): number[][] =>
  lines.map(({ number, line, checksum }) => [number, line, checksum])

const checksumsOf = (lines: SourceLine[]): number[] => lines.map(({ checksum }) => checksum)

describe('lines that are passed over', () => {
  it.each(['plain.ndjson', 'packed.ndjson', 'array.json', 'body.json'])(
    'have the number, the line and the checksum that they have when they are read: %s',
    async (name) => {
      const all = await linesIn([name])
      const some = await linesIn([name], (number) => number > 1)
      expect(some.map(({ kind }) => kind)).toEqual(['passed', ...all.slice(1).map(({ kind }) => kind)])
      expect(placesOf(some)).toEqual(placesOf(all))
      expect(placesOf(await linesIn([name], () => false))).toEqual(placesOf(all))
    }
  )

  it('are asked for by their number over all files', async () => {
    const asked: number[] = []
    const lines = await linesIn(['array.json', 'plain.ndjson'], (number) => {
      asked.push(number)
      return number === 3 || number === 4
    })
    expect(asked).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(namesOf(lines)).toEqual(['c', 'a'])
  })

  it('are not parsed: also what is no event is passed over', async () => {
    const lines = await linesIn(['plain.ndjson'], (number) => number === 4)
    expect(contentsOf(lines)).toEqual(['passed', 'passed', 'passed', { type: 'track', event: 'c' }, 'passed', 'passed'])
  })
})

describe('checksums', () => {
  it('are those of the text, however it is packed and its lines end', async () => {
    const checksums = checksumsOf(await linesIn(['plain.ndjson']))
    expect(new Set(checksums).size).toBe(6)
    for (const name of ['packed.ndjson', 'no-end.ndjson']) {
      expect(checksumsOf(await linesIn([name]))).toEqual(checksums)
    }
    // Of a line that is too long only the length counts, to which a carriage return belongs.
    expect(checksumsOf(await linesIn(['crlf.ndjson'])).slice(0, 4)).toEqual(checksums.slice(0, 4))
    expect(checksumsOf(await linesIn(['array.json.gz']))).toEqual(checksumsOf(await linesIn(['array.json'])))
  })

  it('differ from the line on that differs', async () => {
    const checksums = checksumsOf(await linesIn(['plain.ndjson']))
    const changed = checksumsOf(await linesIn(['changed.ndjson']))
    expect(changed.map((checksum, index) => checksum === checksums[index])).toEqual([
      true,
      true,
      true,
      false,
      false,
      false
    ])
  })

  it('go on from file to file', async () => {
    const both = await linesIn(['array.json', 'plain.ndjson'])
    expect(checksumsOf(both).slice(0, 3)).toEqual(checksumsOf(await linesIn(['array.json'])))
    expect(checksumsOf(both).slice(3)).not.toEqual(checksumsOf(await linesIn(['plain.ndjson'])))
  })
})
