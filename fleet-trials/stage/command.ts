import { spawn, type ChildProcess } from 'child_process'
import { join } from 'path'

const COMMAND = join(__dirname, '../../dist/cli/main.js')

/** The built command in a process of its own. */
export class Command {
  private out = ''
  private error = ''
  private readonly child: ChildProcess
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string | null>

  constructor(args: readonly string[], folder: string) {
    this.child = spawn(process.execPath, [COMMAND, ...args], {
      cwd: folder,
      env: withoutCredentials(process.env),
      stdio: ['ignore', 'pipe', 'pipe']
    })
    this.child.stdout?.on('data', (text: Buffer) => (this.out += text.toString()))
    this.child.stderr?.on('data', (text: Buffer) => (this.error += text.toString()))
    this.ended = new Promise((resolve) => this.child.once('close', (code, signal) => resolve(code ?? signal)))
  }

  get pid(): number {
    return this.child.pid ?? 0
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null
  }

  /** What it has written to standard error so far. */
  get errorText(): string {
    return this.error
  }

  /** Ends it without warning. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL')
    await this.ended
  }

  /** Asks it to end, and waits. */
  async stop(): Promise<number | string | null> {
    this.child.kill('SIGTERM')
    return this.ended
  }

  /** What it printed as JSON. @throws Error unless it ends with one of these codes */
  async json<Result>(codes: readonly number[] = [0]): Promise<Result> {
    const code = await this.ended
    if (typeof code !== 'number' || !codes.includes(code))
      throw new Error(`The command ended with ${code}: ${this.error}`)
    // Who asks knows what the command prints.
    return JSON.parse(this.out) as Result
  }
}

/** Nothing of a trial may reach a real project. */
function withoutCredentials(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('KAMELEOON_')))
}
