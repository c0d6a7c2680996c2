import { spawn, type ChildProcess } from 'child_process'
import type { Emulator } from '../../../../emulator'
import type { Summary } from '../../../../segment-host'

/** How a process ended. */
export interface Ended {
  /** Null when a signal ended it. */
  code: number | null
  signal: NodeJS.Signals | null
  printed: string
  said: string
}

export interface Running {
  child: ChildProcess
  ended: Promise<Ended>
}

export interface DeliveryOptions {
  folder: string
  emulator: Pick<Emulator, 'url' | 'apiKey' | 'sitecode'>
  /** What it reads from standard input. */
  input?: string
}

/** Starts the compiled command `deliver` with `--json` in a process of its own. */
export function startDelivery(command: string, args: readonly string[], options: DeliveryOptions): Running {
  const { folder, emulator, input } = options
  const env = { PATH: process.env.PATH, KAMELEOON_API_KEY: emulator.apiKey, KAMELEOON_SITECODE: emulator.sitecode }
  const all = [command, 'deliver', ...args, '--json', '--emulator', emulator.url]
  const child = spawn(process.execPath, all, { cwd: folder, env })
  const output = { printed: '', said: '' }
  child.stdout.on('data', (chunk: Buffer) => (output.printed += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output.said += chunk.toString()))
  // A process that ends before it has read everything is no error here.
  child.stdin.on('error', () => undefined).end(input ?? '')
  const ended = new Promise<Ended>((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal, ...output }))
  )
  return { child, ended }
}

/** The summary that a process has printed. */
export function summaryIn({ printed, said }: Ended): Summary & { rejectedFile: string | null } {
  if (printed === '') throw new Error(`There is no summary. It said: ${said}`)
  // The command prints this type.
  return JSON.parse(printed) as Summary & { rejectedFile: string | null }
}

/** The counts that do not depend on how often a run was stopped. */
export function countsIn(ended: Ended): object {
  const { received, filtered, delivered, rejected, undelivered, unsettled, subscriptions } = summaryIn(ended)
  const bySubscription = subscriptions.map((one) => [one.subscription, one.received, one.delivered, one.rejected.count])
  return { received, filtered, delivered, rejected, undelivered, unsettled, bySubscription }
}
