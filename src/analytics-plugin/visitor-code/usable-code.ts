// https://docs.kameleoon.com/api-reference/visit/send-visitor-events
const MAX_LENGTH = 100

/** A visitor code that Kameleoon takes, trimmed. Anything else is none: an event with a bad code would be rejected whole. */
export function usableCode(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const code = value.trim()
  return code !== '' && code.length <= MAX_LENGTH && !/[\r\n\u0085\u2028\u2029]/.test(code) ? code : undefined
}
