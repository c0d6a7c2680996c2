import type { DestinationDefinition } from '@segment/actions-core'
import type { Readable } from 'stream'
import pc from 'picocolors'
import type { StartEmbedded } from './embedded/embedded-emulator'
import type { RetryPolicy } from '../segment-host'

/** What a command works with: the terminal, the destination, and functions that tests replace. */
export interface CommandContext<Settings> {
  terminal: Terminal
  definition: DestinationDefinition<Settings>
  retry?: Partial<Pick<RetryPolicy, 'wait' | 'random'>>
  /** The present time in milliseconds since 1970. Default: Date.now. */
  now?: () => number
  /** Starts the emulator of `deliver`, `demo` and `doctor`. Default: in the present thread. */
  startEmbedded?: StartEmbedded
  /**
   * Resolves when the process is asked to stop; asked again, it ends at once. Without a call of this function it ends at
   * once the first time.
   */
  untilInterrupted: () => Promise<StopSignal>
  /** Takes the place of what happens when the reader of standard output stops reading: the process ends. */
  whenOutputCloses?: (listener: () => void) => void
}

/** The signals that ask a process to stop. */
export type StopSignal = 'SIGINT' | 'SIGTERM'

/** A stream to write to, as process.stdout and process.stderr are. */
export interface Output {
  write: (text: string) => unknown
  isTTY?: boolean
  columns?: number
}

/** The streams and the environment of the process. Tests pass their own. */
export interface Terminal {
  stdin: Readable
  stdout: Output
  stderr: Output
  env: Record<string, string | undefined>
}

export type Colours = ReturnType<typeof pc.createColors>

/** Colours for a terminal; no colours for a file or a pipe, or when NO_COLOR is set (https://no-color.org). */
export function coloursFor(output: Output, env: Terminal['env']): Colours {
  return pc.createColors(Boolean(output.isTTY) && !env.NO_COLOR && env.TERM !== 'dumb')
}

/** Width for texts, in columns: that of a terminal up to 140, else 110. */
export function widthOf(output: Output): number {
  return output.columns && output.columns >= 60 ? Math.min(output.columns, 140) : 110
}
