/** Without a Retry-After header that can be read. */
const DEFAULT_SECONDS = 10

/** A longer wait is not believed: another request after this time finds out. */
const MOST_SECONDS = 5 * 60

/**
 * For how many whole seconds nobody sends after a 429.
 * @param header Retry-After: seconds or a date, https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
 */
export function secondsToWait(header: string | null, now = Date.now()): number {
  const text = header?.trim() ?? ''
  const seconds = /^\d+$/.test(text) ? Number(text) : Math.ceil((Date.parse(text) - now) / 1000)
  return Number.isNaN(seconds) ? DEFAULT_SECONDS : Math.min(Math.max(1, seconds), MOST_SECONDS)
}
