/** Name of the cookie, and of the item in local storage. */
export const STORED_NAME = 'kameleoonVisitorCode'

// https://docs.kameleoon.com/api-reference/visit/send-visitor-events
const MAX_LENGTH = 100

/** The trimmed code if Kameleoon accepts it, else `undefined`: Kameleoon rejects the whole event for a bad code. */
export function usableCode(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const code = value.trim()
  return code !== '' && code.length <= MAX_LENGTH && !/[\r\n\u0085\u2028\u2029]/.test(code) ? code : undefined
}

/**
 * The visitor code in a page's cookies, as it is: Kameleoon's engine decodes nothing and removes no prefix.
 * @param cookies in the form of `document.cookie`. Of two cookies with this name the first is used: it has the closer path.
 */
export function visitorCodeCookie(cookies: string): string | undefined {
  const found = cookies
    .split(';')
    .map((cookie) => cookie.trim())
    .find((cookie) => cookie.startsWith(`${STORED_NAME}=`))
  return found?.slice(STORED_NAME.length + 1)
}

/**
 * The visitor code in the item of local storage where the engine keeps it if the project is set up so: JSON with the value
 * and the time until which it is valid, in milliseconds since 1970.
 * @returns undefined if the time is over
 * @throws for an item that is not such JSON
 */
export function visitorCodeItem(item: string | null, now = Date.now()): unknown {
  const { value, date, expirationDate } = JSON.parse(item ?? '{}') as StoredItem
  return now > Number(date ?? expirationDate) ? undefined : value
}

/** Older engines call the time `date`. Anyone can write local storage, so nothing of it is certain. */
type StoredItem = Partial<Record<'value' | 'date' | 'expirationDate', unknown>>
