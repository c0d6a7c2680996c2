import { mkdirSync, symlinkSync } from 'fs'
import { join, relative } from 'path'
import { UsageError } from '../../segment-host'
import { eventPaths } from '../event-paths'
import { folderWith } from './event-folder'

const folder = folderWith({
  'b.ndjson': '{}',
  'a10.ndjson': '{}',
  'a2.jsonl.gz': '{}',
  'B.json': '{}',
  'sub/c.json': '{}',
  'sub/deep/d.json.gz': '{}',
  '.hidden.json': '{}',
  'sub/.git/e.json': '{}',
  'b.rejected.ndjson': '{}',
  'b.ndjson.checkpoint.json': '{}',
  'notes.txt': 'x',
  'x[1].json': '{}',
  'x1.json': '{}'
})
mkdirSync(join(folder, 'folder.json'))
symlinkSync(join(folder, 'b.ndjson'), join(folder, 'sub', 'link.ndjson'))
const IN_ORDER = ['B.json', 'a10.ndjson', 'a2.jsonl.gz', 'b.ndjson', 'sub/c.json', 'sub/deep/d.json.gz']

async function found(...names: string[]): Promise<string[]> {
  const files = await eventPaths(names.map((name) => (name === '-' ? name : join(folder, name))))
  return files.map(({ path }) => (path === '-' ? path : relative(folder, path)))
}

describe('the files of a delivery', () => {
  it('are those of a folder and its folders, by name, without hidden ones and those that deliver writes', async () => {
    expect(await found('.')).toEqual([...IN_ORDER, 'x1.json', 'x[1].json'])
  })

  it('are those that match a pattern, by name', async () => {
    expect(await found('*.ndjson')).toEqual(['a10.ndjson', 'b.ndjson'])
    expect(await found('{a,b}*.{ndjson,jsonl.gz}')).toEqual(['a10.ndjson', 'a2.jsonl.gz', 'b.ndjson'])
    expect(await found('sub/**/*.json*')).toEqual(['sub/c.json', 'sub/deep/d.json.gz'])
  })

  it('are found by a pattern from the current folder too, and shown as seen from there', async () => {
    const here = relative(process.cwd(), folder)
    expect((await eventPaths([`${here}/b.*`])).map(({ path }) => path)).toEqual([`${here}/b.ndjson`])
  })

  it('include one whose own name looks like a pattern', async () => {
    expect(await found('x[1].json')).toEqual(['x[1].json'])
    expect(await found('x[12].json')).toEqual(['x1.json'])
  })

  it('are read in the order given, whatever their names', async () => {
    expect(await found('sub/c.json', 'b.ndjson', '-', 'a10.ndjson')).toEqual([
      'sub/c.json',
      'b.ndjson',
      '-',
      'a10.ndjson'
    ])
  })

  it('are read once, also when named again, through a folder, a pattern, or a link', async () => {
    expect(await found('sub/link.ndjson', 'b.ndjson', './b.ndjson', '*.ndjson', 'sub')).toEqual([
      'sub/link.ndjson',
      'a10.ndjson',
      'sub/c.json',
      'sub/deep/d.json.gz'
    ])
  })

  it('may have any name when they are named themselves', async () => {
    expect(await found('notes.txt', '.hidden.json')).toEqual(['notes.txt', '.hidden.json'])
  })

  it('have a size, which standard input has not', async () => {
    expect(await eventPaths([join(folder, 'b.ndjson'), '-'])).toEqual([
      { path: join(folder, 'b.ndjson'), size: 2 },
      { path: '-', size: undefined }
    ])
  })

  it.each([
    ['a file that is not there', ['none.json'], 'Cannot read FOLDER/none.json: there is no such file'],
    ['a file below a file', ['b.ndjson/c.json'], 'Cannot read FOLDER/b.ndjson/c.json: there is no such file'],
    ['a pattern that nothing matches', ['*.csv'], 'Cannot read FOLDER/*.csv: no file of events matches this pattern'],
    ['a folder without events', ['folder.json'], 'Cannot read FOLDER/folder.json: there is no file of events in this'],
    ['standard input named twice', ['-', '-'], 'Standard input (-) can be read only once; it is named twice']
  ])('cannot be %s', async (_what, names, message) => {
    const finding = found('b.ndjson', ...names)
    await expect(finding).rejects.toThrow(UsageError)
    await expect(finding).rejects.toThrow(message.replace('FOLDER', folder))
  })
})
