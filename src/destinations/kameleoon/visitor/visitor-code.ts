import { MAX_VISITOR_CODE_LENGTH } from '../kameleoon-api/limits'
import { InvalidFieldError, kindOf } from '../errors'
import { hasLoneSurrogate } from '../text'

/** Names under which events carry the visitor code: today's and the classic destination's. */
export const VISITOR_CODE_NAMES = ['kameleoonVisitorCode', 'k_visitorCode'] as const

/**
 * A visitor code as Kameleoon takes it: trimmed, 1 to 100 characters, one line.
 * @param field where the value comes from, for the error
 * @returns nothing for a value that is absent or blank
 * @throws InvalidFieldError for a value that is there but cannot be a visitor code; it is never cut or replaced
 */
export function visitorCodeOf(value: unknown, field: string): string | undefined {
  if (value === undefined || value === null) return undefined
  if (!isText(value)) {
    throw new InvalidFieldError(field, `must be a string to be a visitor code, but it is ${kindOf(value)}.`)
  }
  const code = String(value).trim()
  if (code === '') return undefined
  if (code.length > MAX_VISITOR_CODE_LENGTH) {
    throw new InvalidFieldError(
      field,
      `has ${code.length} characters; a Kameleoon visitor code has at most ${MAX_VISITOR_CODE_LENGTH}.`
    )
  }
  if (!/[\r\n\u0085\u2028\u2029\ud800-\udfff]/.test(code)) return code
  if (/[\r\n\u0085\u2028\u2029]/.test(code)) {
    throw new InvalidFieldError(field, 'is a string with a line break, which a Kameleoon visitor code cannot have.')
  }
  if (hasLoneSurrogate(code)) {
    throw new InvalidFieldError(field, 'is a string with half a Unicode character (a lone surrogate).')
  }
  return code
}

/** Ids may be numbers; what JSON cannot carry is none. */
function isText(value: unknown): value is string | number {
  return typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value))
}
