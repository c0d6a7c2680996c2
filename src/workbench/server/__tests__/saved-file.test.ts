import { spawn } from 'child_process'
import { mkdtempSync, readFileSync, readdirSync, statSync, writeFileSync } from 'fs'
import { tmpdir } from 'os'
import { join } from 'path'
import { UsageError } from '../../../segment-host'
import { SavedFile, Turns } from '../saved-file'

const newPath = () => join(mkdtempSync(join(tmpdir(), 'saved-')), 'saved.json')

/** Writes ever larger contents through a SavedFile until it is killed, and says so before the first. */
const ENDLESS_WRITER = `
  const { SavedFile } = require('./src/workbench/server/saved-file')
  const file = new SavedFile(process.argv[1])
  const write = async () => {
    for (let n = 1; ; n++) {
      await file.write(JSON.stringify({ n, filling: 'x'.repeat(3_000_000), end: n }))
      if (n === 1) process.stdout.write('writing')
    }
  }
  void write()
`

async function killInMidWrite(path: string, milliseconds: number): Promise<void> {
  const child = spawn(process.execPath, ['--require', 'tsx/cjs', '--eval', ENDLESS_WRITER, path], {
    stdio: ['ignore', 'pipe', 'inherit']
  })
  await new Promise((resolve, reject) => {
    child.stdout.once('data', resolve)
    child.once('exit', () => reject(new Error('The writer has ended before it wrote')))
  })
  await new Promise((resolve) => setTimeout(resolve, milliseconds))
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await ended
}

describe('a saved file', () => {
  it('is null when it does not exist, and afterwards what was written last', async () => {
    const file = new SavedFile(newPath())
    expect(await file.read()).toBeNull()
    await file.write('one')
    await file.write('two')
    expect(await file.read()).toBe('two')
    expect(readdirSync(join(file.path, '..'))).toEqual(['saved.json'])
  })

  it('can be read by its owner only, also when others could before', async () => {
    const path = newPath()
    writeFileSync(path, 'readable by all', { mode: 0o644 })
    await new SavedFile(path).write('secret')
    expect((statSync(path).mode & 0o777).toString(8)).toBe('600')
  })

  it.each([0, 3, 7, 12])(
    'holds a whole content when the process is killed %i ms into writing',
    async (milliseconds) => {
      const path = newPath()
      await killInMidWrite(path, milliseconds)
      const { n, filling, end } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
      expect({ filling: String(filling).length, end }).toEqual({ filling: 3_000_000, end: n })
    },
    20_000
  )

  it('ignores the temporary file of a killed process', async () => {
    const path = newPath()
    writeFileSync(path, 'whole')
    writeFileSync(`${path}.1234567`, '{"half')
    const file = new SavedFile(path)
    expect(await file.read()).toBe('whole')
    await file.write('next')
    expect(await file.read()).toBe('next')
  })

  it('copies itself to a free name', async () => {
    const path = newPath()
    writeFileSync(path, 'first')
    const file = new SavedFile(path)
    expect(await file.keepCopy()).toBe(`${path}.broken-1`)
    writeFileSync(path, 'second')
    expect(await file.keepCopy()).toBe(`${path}.broken-2`)
    expect(readFileSync(`${path}.broken-1`, 'utf8')).toBe('first')
    expect(readFileSync(`${path}.broken-2`, 'utf8')).toBe('second')
  })

  it('names the file in errors', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'saved-'))
    await expect(new SavedFile(folder).read()).rejects.toThrow(`Cannot read ${folder}: EISDIR`)
    const below = join(folder, 'file')
    writeFileSync(below, '')
    await expect(new SavedFile(join(below, 'saved.json')).write('x')).rejects.toThrow(UsageError)
  })
})

describe('turns', () => {
  it('run one piece of work after another, also after one that fails', async () => {
    const turns = new Turns()
    const done: string[] = []
    const slow = turns.take(async () => {
      await new Promise((resolve) => setTimeout(resolve, 10))
      done.push('slow')
      throw new Error('no')
    })
    const quick = turns.take(() => Promise.resolve(done.push('quick')))
    await expect(slow).rejects.toThrow('no')
    await quick
    expect(done).toEqual(['slow', 'quick'])
  })
})
