import { type ChildProcess, spawn } from 'child_process'
import { join } from 'path'

const MAIN = join(__dirname, '..', '..', '..', '..', 'cli', 'main.ts')

/** A workbench in a process of its own. */
export interface WorkbenchProcess {
  address: string
  /** What it has written to standard error. */
  said: () => string
  kill: () => Promise<void>
}

const running: ChildProcess[] = []

/** Kills what was started; for afterEach. */
export async function killWorkbenches(): Promise<void> {
  for (const child of running.splice(0)) await killed(child)
}

/** Starts one on a data folder. Resolves when it listens. */
export async function workbenchProcess(folder: string, ...options: string[]): Promise<WorkbenchProcess> {
  const args = ['--import', 'tsx', MAIN, 'workbench', '--port', '0', '--data', folder, '--no-examples', ...options]
  // Without credentials of the real Kameleoon that the environment of the test may have.
  const env = { PATH: process.env.PATH, HOME: folder, NO_COLOR: '1' }
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], env })
  running.push(child)
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  const address = await new Promise<string>((resolve, reject) => {
    let printed = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text
      const found = /page +(http:\S+)/.exec(printed)
      if (found && printed.includes('Ctrl-C')) resolve(found[1])
    })
    child.once('exit', () => reject(new Error(`The workbench has ended: ${said}`)))
  })
  return { address, said: () => said, kill: () => killed(child) }
}

/** As `kill -9`: the process can do nothing more. */
async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await ended
}
