import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs'
import { tmpdir } from 'os'
import { join } from 'path'
import { defaultCheckpointPath } from '../checkpoint-file'

const folder = mkdtempSync(join(tmpdir(), 'default-checkpoint-path-'))
const day = join(folder, 'day')
const first = join(day, '1.ndjson')
mkdirSync(day)
writeFileSync(first, '')
afterAll(() => rmSync(folder, { recursive: true }))

describe('without --checkpoint, how far a run has come is kept', () => {
  it.each([
    ['beside a file', [first], [first], `${first}.checkpoint`],
    ['beside a folder, whatever is in it', [day], [first], `${day}.checkpoint`],
    ['beside a folder whose name ends in a slash', [`${day}/`], [first], `${day}.checkpoint`],
    ['beside the first file of a pattern', [join(day, '*')], [first], `${first}.checkpoint`],
    ['in the current folder for standard input', ['-'], ['standard input'], 'stdin.checkpoint'],
    ['in the current folder for a pipe or a device', ['/dev/null'], ['/dev/null'], 'null.checkpoint']
  ])('%s', (_where, paths, files, expected) => {
    expect(defaultCheckpointPath(paths, files)).toBe(expected)
  })
})
