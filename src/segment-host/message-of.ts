/** The message of anything that was thrown; errors of other realms, as of a test runner, count as errors too. */
export function messageOf(thrown: unknown): string {
  const message: unknown = typeof thrown === 'object' && thrown !== null ? Reflect.get(thrown, 'message') : undefined
  return typeof message === 'string' ? message : String(thrown)
}
