import type { DestinationDefinition } from '@segment/actions-core'
import type { Readable } from 'stream'
import pc from 'picocolors'
import type { RetryPolicy } from '../segment-host'

/** What a command works with, handed in from outside: the terminal, the destination, and how time passes. */
export interface CommandContext<Settings> {
  terminal: Terminal
  definition: DestinationDefinition<Settings>
  retry?: Partial<Pick<RetryPolicy, 'wait' | 'random'>>
  /** Resolves when Ctrl-C is pressed; only who calls it is spared from ending at once. */
  untilInterrupted: () => Promise<void>
}

/** A stream to write to, as process.stdout and process.stderr are. */
export interface Output {
  write: (text: string) => unknown
  isTTY?: boolean
  columns?: number
}

/** Everything of the context that the command uses; given from outside so that a run can be observed. */
export interface Terminal {
  stdin: Readable
  stdout: Output
  stderr: Output
  env: Record<string, string | undefined>
}

export type Colours = ReturnType<typeof pc.createColors>

/** Colours for a terminal, none for a file or a pipe, and none where NO_COLOR asks for none (https://no-color.org). */
export function coloursFor(output: Output, env: Terminal['env']): Colours {
  return pc.createColors(Boolean(output.isTTY) && !env.NO_COLOR && env.TERM !== 'dumb')
}

/** Width to fit texts into, in columns. */
export function widthOf(output: Output): number {
  return output.columns && output.columns >= 60 ? Math.min(output.columns, 140) : 110
}
