import { LIMITS } from '../limits'

/** Why Kameleoon has no use for this visitor code, or nothing when it is fine. */
export function visitorCodeProblem(code: unknown): string | undefined {
  if (typeof code !== 'string' || code.trim() === '') return 'visitor code missing'
  if (code.length > LIMITS.visitorCodeLength) return `visitor code longer than ${LIMITS.visitorCodeLength} characters`
  if (/[\r\n]/.test(code)) return 'visitor code with a line break'
  return undefined
}
