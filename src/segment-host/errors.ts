import { memberOf } from './values'

/** The command or the workbench cannot start with this input. The message says what to change. Exit code 2. */
export class UsageError extends Error {
  readonly name = 'UsageError'
}

/** The message of anything that was thrown. Not checked with `instanceof`: test runners have an Error class of their own. */
export function messageOf(thrown: unknown): string {
  const message = memberOf(thrown, 'message')
  return typeof message === 'string' ? message : String(thrown)
}
