import type { DestinationDefinition } from '@segment/actions-core'
import type { Terminal } from './print/terminal'
import type { RetryPolicy } from '../segment-host'

/** What a command works with, handed in from outside: the terminal, the destination, and how time passes. */
export interface Surroundings<Settings> {
  terminal: Terminal
  definition: DestinationDefinition<Settings>
  retry?: Partial<Pick<RetryPolicy, 'wait' | 'random'>>
  /** Resolves when Ctrl-C is pressed; only who calls it is spared from ending at once. */
  untilInterrupted: () => Promise<void>
}
