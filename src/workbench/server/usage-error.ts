/** The command cannot start as it was called; the message says what to change. Ends with exit code 2. */
export class UsageError extends Error {
  readonly name = 'UsageError'
}
