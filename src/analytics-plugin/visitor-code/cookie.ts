const NAME = 'kameleoonVisitorCode'

// Kameleoon's scripts once marked the codes they made; its SDKs drop the mark when they read the cookie.
const MARK = '_js_'

/**
 * The visitor code in a page's cookies.
 * @param cookies as `document.cookie` lists them; of two with this name the first belongs to the closer path
 */
export function visitorCodeCookie(cookies: string): string | undefined {
  const found = cookies
    .split(';')
    .map((cookie) => cookie.trim())
    .find((cookie) => cookie.startsWith(`${NAME}=`))
  if (found === undefined) return undefined
  const value = decoded(found.slice(NAME.length + 1))
  return value.startsWith(MARK) ? value.slice(MARK.length) : value
}

function decoded(value: string): string {
  const unquoted = value.replace(/^"(.*)"$/, '$1')
  try {
    return decodeURIComponent(unquoted)
  } catch {
    return unquoted
  }
}
