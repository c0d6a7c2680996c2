const COOKIE = 'kameleoonVisitorCode'

// Older Kameleoon scripts put this prefix before the codes they made. Kameleoon's SDKs remove it when they read the cookie.
const PREFIX = '_js_'

// https://docs.kameleoon.com/api-reference/visit/send-visitor-events
const MAX_LENGTH = 100

/** The trimmed code if Kameleoon accepts it, else `undefined`: Kameleoon rejects the whole event for a bad code. */
export function usableCode(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const code = value.trim()
  return code !== '' && code.length <= MAX_LENGTH && !/[\r\n\u0085\u2028\u2029]/.test(code) ? code : undefined
}

/**
 * The visitor code in a page's cookies.
 * @param cookies in the form of `document.cookie`. Of two cookies with this name the first is used: it has the closer path.
 */
export function visitorCodeCookie(cookies: string): string | undefined {
  const found = cookies
    .split(';')
    .map((cookie) => cookie.trim())
    .find((cookie) => cookie.startsWith(`${COOKIE}=`))
  if (found === undefined) return undefined
  const value = decoded(found.slice(COOKIE.length + 1))
  return value.startsWith(PREFIX) ? value.slice(PREFIX.length) : value
}

function decoded(value: string): string {
  const unquoted = value.replace(/^"(.*)"$/, '$1')
  try {
    return decodeURIComponent(unquoted)
  } catch {
    return unquoted
  }
}
