import { mkdtempSync, rmSync } from 'fs'
import { tmpdir } from 'os'
import path from 'path'
import { buildCommand, startCommand, type Ended } from '../../cli/commands/deliver/__tests__/built-command'
import { startEmulator, type Emulator } from '../../emulator'
import { exceptionFor, OTHER_EXIT_CODES } from './exceptions'
import { PAGES, pageText } from './markdown'
import { readerClone } from './reader-clone'
import { isOurs, shellLinesIn, wordsOf } from './shell-lines'

let folder: string
let emulator: Emulator
beforeAll(async () => {
  await buildCommand()
  folder = mkdtempSync(path.join(tmpdir(), 'documented-commands-'))
  emulator = await startEmulator()
  // What pages look for in a project was delivered there before.
  const sent = ['deliver', 'examples/orders.ndjson', '--emulator', emulator.url]
  await startCommand(sent, { folder: readerClone(path.join(folder, 'before')) }).ended
}, 400_000)
afterAll(async () => {
  await emulator.close()
  rmSync(folder, { recursive: true })
})

/** Commands that need a project, or a local Kameleoon in its place. */
const NEEDS_PROJECT = ['visitor', 'delete']
const LISTENS = ['workbench', 'emulate', 'serve']

/** The words of a line for this machine: no port of its own, and a local Kameleoon in the place of a project. */
function wordsToRun(line: string): string[] {
  const words = wordsOf(line)
  const isFree = words.includes('--help')
  if (NEEDS_PROJECT.includes(words[0]) && !isFree) return [...words, '--emulator', emulator.url]
  if (!LISTENS.includes(words[0]) || isFree) return words
  const port = words.indexOf('--port')
  return [...words.filter((_word, at) => port < 0 || at < port || at > port + 1), '--port', '0']
}

/** Runs a command to its end; one that listens is ended as soon as it says where. */
async function outcomeOf(words: readonly string[], clone: string): Promise<Ended> {
  const { child, ended } = startCommand(words, { folder: clone })
  if (LISTENS.includes(words[0]) && !words.includes('--help')) {
    child.stdout?.on('data', (chunk: Buffer) => /http:\/\/127/.test(chunk.toString()) && child.kill('SIGINT'))
  }
  return ended
}

const codeFor = (line: string): number => OTHER_EXIT_CODES.find((one) => one.line.test(line))?.code ?? 0
/** The lines of a page that are to be run and that no page before it has. */
const seen = new Set<string>()
async function linesToRun(page: string): Promise<string[]> {
  const lines = await shellLinesIn(pageText(page))
  const fresh = lines.filter((line) => isOurs(line) && exceptionFor(line) === undefined && !seen.has(line))
  for (const line of fresh) seen.add(line)
  return fresh
}

interface Outcome {
  page: string
  line: string
  code: number | null
  /** What a command said that ended otherwise than expected. */
  said: string
}

const expected = ({ page, line }: Outcome): Outcome => ({ page, line, code: codeFor(line), said: '' })

/** One command after another, since later ones read what earlier ones have stored. */
async function runAll(page: string): Promise<Outcome[]> {
  const lines = await linesToRun(page)
  if (lines.length === 0) return []
  const clone = readerClone(path.join(folder, page.replace(/\W/g, '-')))
  const outcomes: Outcome[] = []
  for (const line of lines) {
    const { code, said } = await outcomeOf(wordsToRun(line), clone)
    outcomes.push({ page, line, code, said: code === codeFor(line) ? '' : said })
  }
  return outcomes
}

describe('commands of the README and of docs', () => {
  it('end as their page says', async () => {
    // Two pages at a time, and each page has a folder of its own.
    const waiting = [...PAGES]
    const outcomes: Outcome[] = []
    const next = async (): Promise<void> => {
      for (let page = waiting.shift(); page !== undefined; page = waiting.shift())
        outcomes.push(...(await runAll(page)))
    }
    await Promise.all([next(), next()])
    expect(outcomes.length).toBeGreaterThan(15)
    expect(outcomes).toEqual(outcomes.map(expected))
  }, 400_000)
})
