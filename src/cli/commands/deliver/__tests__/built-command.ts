import { spawn, type ChildProcess } from 'child_process'
import { join } from 'path'
import { builtPackage } from '../../../../../jest/built-package'
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
  /** Resolves when this was written to standard error, or when the process has ended. */
  hasSaid: (text: string) => Promise<void>
}

export interface ProcessOptions {
  folder: string
  env?: Record<string, string>
  /** What it reads from standard input. */
  input?: string
}

let main = ''

/** Compiles the command once. To be called before all tests of a file; may take a minute. */
export async function buildCommand(): Promise<void> {
  main = join(await builtPackage(), 'dist/cli/main.js')
}

/** Starts the compiled command in a process of its own. */
export function startCommand(args: readonly string[], { folder, env, input }: ProcessOptions): Running {
  const child = spawn(process.execPath, [main, ...args], { cwd: folder, env: { PATH: process.env.PATH, ...env } })
  const output = { printed: '', said: '' }
  child.stdout.on('data', (chunk: Buffer) => (output.printed += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output.said += chunk.toString()))
  // A process that ends before it has read everything is no error here.
  child.stdin.on('error', () => undefined).end(input ?? '')
  const ended = new Promise<Ended>((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal, ...output }))
  )
  const hasSaid = (text: string): Promise<void> =>
    new Promise((resolve) => {
      child.once('close', resolve)
      child.stderr.on('data', () => output.said.includes(text) && resolve())
    })
  return { child, ended, hasSaid }
}

/** The summary that `deliver --json` has printed. */
export function summaryIn({ printed, said }: Ended): Summary & { rejectedFile: string | null } {
  if (printed === '') throw new Error(`There is no summary. It said: ${said}`)
  // The command prints this type.
  return JSON.parse(printed) as Summary & { rejectedFile: string | null }
}

/** Of a summary, the counts that do not depend on how often a run was stopped. */
export function countsIn(ended: Ended): object {
  const { received, filtered, delivered, rejected, undelivered, unsettled, subscriptions } = summaryIn(ended)
  const bySubscription = subscriptions.map((one) => [one.subscription, one.received, one.delivered, one.rejected.count])
  return { received, filtered, delivered, rejected, undelivered, unsettled, bySubscription }
}
