/**
 * A stranger's walk: clones the project into an empty folder, installs it, and types every command of the README there, as it is
 * written. `npm start` is ended when it has printed an address, and `npm test` is left to the jobs of CI. With
 * `--node-modules FOLDER` packages are linked from there instead of installed, for a quick try.
 */
import { execFileSync, spawn } from 'child_process'
import { mkdtempSync, readFileSync, rmSync } from 'fs'
import { tmpdir } from 'os'
import path from 'path'
import { parseArgs } from 'util'
import { shellLinesIn } from '../src/__tests__/documents/shell-lines'

const PROJECT = path.join(__dirname, '..')
const { values } = parseArgs({ options: { 'node-modules': { type: 'string' } } })

const INSTALL = /^npm ci && /
/** Of these, the first needs an account, and the second is what CI does anyway. */
const LEFT_OUT = [/^export KAMELEOON_/, /^npm test$/]
const STOP_MILLISECONDS = 10 * 60_000

async function walk(folder: string): Promise<void> {
  const clone = path.join(folder, 'clone')
  execFileSync('git', ['clone', '--quiet', '--depth', '1', `file://${PROJECT}`, clone])
  install(clone)
  const lines = await shellLinesIn(readFileSync(path.join(clone, 'README.md'), 'utf8'))
  const commands = lines
    .map((line) => line.replace(INSTALL, ''))
    .filter((line) => !LEFT_OUT.some((one) => one.test(line)))
  for (const command of commands) {
    const begin = Date.now()
    await typed(command, clone)
    console.log(`ok: ${command} (${((Date.now() - begin) / 1000).toFixed(1)} s)`)
  }
}

function install(clone: string): void {
  const { 'node-modules': modules } = values
  if (modules === undefined) execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: clone, stdio: 'inherit' })
  else execFileSync('cp', ['-al', path.resolve(modules), path.join(clone, 'node_modules')])
}

/** Runs a line in a shell, without credentials. One that prints an address to open is ended then, and has worked. */
function typed(command: string, cwd: string): Promise<void> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(KAMELEOON|npm)_/.test(name)))
  const line = command === 'npm start' ? 'npm start -- --port 0' : command
  // A group of its own, so that what npm starts gets the signal too.
  const child = spawn('sh', ['-c', line], { cwd, env, detached: true })
  let output = ''
  const keep = (chunk: Buffer): void => {
    output += chunk.toString()
    if (output.includes('Ctrl-C ends it.')) stop('SIGINT')
  }
  const stop = (signal: NodeJS.Signals): void => void (child.pid !== undefined && process.kill(-child.pid, signal))
  const limit = setTimeout(() => stop('SIGKILL'), STOP_MILLISECONDS)
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  return new Promise((resolve, reject) =>
    child.once('close', (code) => {
      clearTimeout(limit)
      const isDone = code === 0 || output.includes('The workbench has ended.')
      if (isDone) resolve()
      else reject(new Error(`"${command}" ended with ${code}; it said:\n${output}`))
    })
  )
}

const folder = mkdtempSync(path.join(tmpdir(), 'clone-check-'))
void walk(folder)
  .catch((error: unknown) => {
    console.error(error)
    process.exitCode = 1
  })
  .finally(() => rmSync(folder, { recursive: true, force: true }))
