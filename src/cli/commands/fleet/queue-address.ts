import { UsageError } from '../../../segment-host'
import type { Terminal } from '../../context'

/** Where the address may stand, since arguments of a process can be seen by other users of a machine. */
export const QUEUE_VARIABLE = 'KAMELEOON_QUEUE'

/**
 * The address of the queue: that of the option, or that of the environment.
 * @param option true when it has no value
 * @throws UsageError when there is none
 */
export function queueAddress(option: string | true | undefined, env: Terminal['env']): string {
  const address = typeof option === 'string' ? option : env[QUEUE_VARIABLE]?.trim()
  if (address) return address
  throw new UsageError(`Say where the queue is: --queue redis://localhost:6379, or the variable ${QUEUE_VARIABLE}`)
}
