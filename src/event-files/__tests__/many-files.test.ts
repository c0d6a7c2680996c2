import { execFileSync } from 'child_process'
import { mkdirSync, rmSync, writeFileSync } from 'fs'
import { writeFile } from 'fs/promises'
import { join } from 'path'
import { Readable } from 'stream'
import { gzipSync } from 'zlib'
import { UsageError } from '../../segment-host'
import { openEvents } from '../open-events'
import { folderWith, linesOf, namesOf, read, readAll } from './event-folder'

const pretty = (...names: string[]): string =>
  JSON.stringify(
    names.map((event) => ({ type: 'track', event })),
    null,
    2
  )

describe('events of several files', () => {
  it('are read one file after another, each in its own form', async () => {
    const folder = folderWith({
      '1.ndjson': linesOf('a', 'b'),
      '2.json': pretty('c', 'd'),
      '3.json.gz': gzipSync(pretty('e')),
      '4.ndjson.gz': gzipSync(`\n${linesOf('f')}`),
      '5.json': JSON.stringify({ batch: [{ type: 'track', event: 'g' }] })
    })
    const source = await openEvents([folder])
    const lines = await read(source.portions())
    expect(namesOf(lines)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g'])
    expect(lines.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(lines.map(({ line }) => line)).toEqual([1, 2, 1, 2, 1, 2, 1])
    const names = ['1.ndjson', '2.json', '3.json.gz', '4.ndjson.gz', '5.json'].map((name) => join(folder, name))
    expect(source.files).toEqual(names)
    expect(lines.map(({ file }) => names.indexOf(file))).toEqual([0, 0, 1, 1, 2, 3, 4])
    expect(source.unit).toBe('line')
  })

  it('have a size together, of which is told how much is read', async () => {
    const folder = folderWith({ 'a.ndjson': linesOf('a'), 'b.json': pretty('b'), 'c.gz': gzipSync(linesOf('c')) })
    const source = await openEvents(['a.ndjson', 'b.json', 'c.gz'].map((name) => join(folder, name)))
    const sizes = [linesOf('a'), pretty('b'), gzipSync(linesOf('c'))].map(({ length }) => length)
    const read: number[] = []
    for await (const lines of source.portions()) read.push(...lines.map(() => source.bytesRead()))
    expect(read).toEqual([sizes[0], sizes[0] + sizes[1], sizes[0] + sizes[1] + sizes[2]])
    expect(source.size).toBe(read[2])
  })

  it('may come from standard input between files, packed or not; the size is not known then', async () => {
    const folder = folderWith({ 'a.ndjson': linesOf('a'), 'c.ndjson': linesOf('c') })
    for (const input of [Buffer.from(linesOf('b')), gzipSync(linesOf('b'))]) {
      const paths = [join(folder, 'a.ndjson'), '-', join(folder, 'c.ndjson')]
      const source = await openEvents(paths, { standardInput: Readable.from([input]) })
      expect(source.files).toEqual([paths[0], 'standard input', paths[2]])
      expect(source.size).toBeUndefined()
      expect(namesOf(await read(source.portions()))).toEqual(['a', 'b', 'c'])
    }
  })

  it('may come from a named pipe, also as a document, which is otherwise read twice', async () => {
    const pipe = join(folderWith({}), 'pipe.json')
    execFileSync('mkfifo', [pipe])
    for (const text of [linesOf('a', 'b'), pretty('a', 'b')]) {
      const writing = writeFile(pipe, text)
      const source = await openEvents([pipe])
      expect(source.size).toBeUndefined()
      expect(namesOf(await read(source.portions()))).toEqual(['a', 'b'])
      await writing
    }
  })

  it('are counted as events when all files are JSON documents', async () => {
    const source = await openEvents([folderWith({ 'a.json': pretty('a'), 'b.json': pretty('b') })])
    expect(namesOf(await read(source.portions()))).toEqual(['a', 'b'])
    expect(source.unit).toBe('event')
  })

  it('may be none in one of the files', async () => {
    const source = await openEvents([folderWith({ 'a.json': '', 'b.json': '[]', 'c.json': linesOf('c') })])
    expect(namesOf(await read(source.portions()))).toEqual(['c'])
  })

  it('are not read when a later file is not there', async () => {
    const folder = folderWith({ 'a.ndjson': linesOf('a') })
    const opening = openEvents([join(folder, 'a.ndjson'), join(folder, 'b.ndjson')])
    await expect(opening).rejects.toThrow(
      new UsageError(`Cannot read ${join(folder, 'b.ndjson')}: there is no such file`)
    )
  })
})

describe('a file that turns out to be unreadable when its turn comes', () => {
  const replaced = (path: string): void => {
    rmSync(path)
    mkdirSync(path)
  }

  it.each<[string, (path: string) => void, string]>([
    ['it vanished', rmSync, 'Cannot read FILE: there is no such file'],
    ['it became a folder', replaced, 'Cannot read FILE: it is a directory'],
    ['it is no JSON', (path) => writeFileSync(path, 'hello'), 'Cannot read events from FILE: there is no event in the'],
    [
      'it is a cut document',
      (path) => writeFileSync(path, '[{"type":"page"},'),
      'from FILE: not valid JSON after event'
    ],
    [
      'its gzip is broken',
      (path) => writeFileSync(path, gzipSync('{}').subarray(0, 5)),
      'FILE: the gzip data ends early'
    ]
  ])('ends the reading with its name and the reason, after the lines before: %s', async (_what, change, message) => {
    const folder = folderWith({ 'a.ndjson': linesOf('a', 'b'), 'b.ndjson': linesOf('c'), 'c.ndjson': linesOf('d') })
    const source = await openEvents([folder])
    change(join(folder, 'b.ndjson'))
    const { lines, failure } = await readAll(source.portions())
    expect(namesOf(lines)).toEqual(['a', 'b'])
    expect(failure).toContain(message.replace('FILE', join(folder, 'b.ndjson')))
  })

  it.each([
    [
      'something behind its end',
      Buffer.concat([gzipSync(linesOf('c', 'd')), Buffer.from('\n')]),
      ['a', 'c', 'd'],
      'something follows the end of the gzip data'
    ],
    ['no end', gzipSync(linesOf('c', 'd'), { level: 0 }).subarray(0, -12), ['a', 'c'], 'the gzip data ends early']
  ])('gives its good lines when it is gzip with %s', async (_what, packed, names, reason) => {
    const folder = folderWith({ 'a.ndjson': linesOf('a'), 'b.gz': packed, 'z.ndjson': linesOf('z') })
    for (const first of [true, false]) {
      const paths = [...(first ? [] : ['a.ndjson']), 'b.gz', 'z.ndjson'].map((name) => join(folder, name))
      const { lines, failure } = await readAll((await openEvents(paths)).portions())
      expect(namesOf(lines)).toEqual(first ? names.slice(1) : names)
      expect(failure).toBe(`Cannot read ${join(folder, 'b.gz')}: ${reason}`)
    }
  })
})
