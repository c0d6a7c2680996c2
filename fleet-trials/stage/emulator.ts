import { fork, type ChildProcess } from 'child_process'
import { join } from 'path'
import type { NewGoal } from '../../src/emulator'
import type { RequestKind } from '../../src/fleet/requests/request-kind'

export interface Start {
  goals: NewGoal[]
  /** Whether all visits and maps are kept, to compare them. */
  keepsState: boolean
}

export type Order =
  { order: 'down' } | { order: 'up' } | { order: 'report' } | { order: 'counts' } | { order: 'state'; path: string }

export interface EmulatorReport {
  /** In the order of their arrival; `at` is in milliseconds. */
  requests: { kind: RequestKind; status: number; at: number }[]
  /** Requests that were not answered, or with 503. */
  failed: number
  discarded: string[]
  /** Visit events that arrived again with the same nonce. */
  repeated: number
}

/** An emulator in a process of its own, so that nothing of the trial slows it down. */
export class EmulatorProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string
  ) {}

  static async start(start: Start): Promise<EmulatorProcess> {
    const child = fork(join(__dirname, 'emulator-process.ts'), [JSON.stringify(start)])
    return new EmulatorProcess(child, (await next(child)) as string)
  }

  /** Kameleoon takes nothing until `up`. */
  async down(): Promise<void> {
    await this.ask({ order: 'down' })
  }

  async up(): Promise<void> {
    await this.ask({ order: 'up' })
  }

  async report(): Promise<EmulatorReport> {
    return (await this.ask({ order: 'report' })) as EmulatorReport
  }

  async counts(): Promise<{ requests: number; failed: number }> {
    return (await this.ask({ order: 'counts' })) as { requests: number; failed: number }
  }

  /** Writes what is stored to a file. */
  async writeState(path: string): Promise<void> {
    await this.ask({ order: 'state', path })
  }

  stop(): void {
    if (this.child.connected) this.child.disconnect()
  }

  private ask(order: Order): Promise<unknown> {
    if (this.child.exitCode !== null) return Promise.reject(new Error('The emulator has ended.'))
    const answer = next(this.child)
    this.child.send(order)
    return answer
  }
}

/** The next answer of a process. @throws Error if it ends without one */
function next(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('The emulator has ended.'))
    child.once('exit', ended)
    child.once('message', (message: { answer: unknown }) => {
      child.off('exit', ended)
      resolve(message.answer)
    })
  })
}
