/**
 * What broken tracking sends in place of an id. As an identity it would join strangers into one visitor, so it counts as
 * absent wherever an id is read.
 */

/** Compared in lower case, without spaces around. */
const WORDS = new Set([
  // JavaScript and other languages print these for a value that is not there.
  ...['undefined', 'null', 'nan', 'nil', 'none', 'true', 'false', 'infinity', '-infinity'],
  // Fillers of analytics tools, databases and spreadsheets. "(not set)" is Google Analytics'.
  ...['(not set)', 'not set', '(none)', '(null)', '(empty)', '<null>', '\\n', 'empty', 'blank', 'default'],
  ...['n/a', '#n/a', 'not available', 'unset', 'missing', 'invalid', 'unassigned', '-', '?'],
  // Names for a user that a site does not know.
  ...['anonymous', 'anonymous user', 'anon', 'guest', 'guest user', 'unknown', 'unknown user', 'nobody'],
  ...['not logged in', 'not_logged_in', 'notloggedin', 'logged out', 'logged_out'],
  // Left over from a trial, and the names of the fields themselves.
  ...['test', 'userid', 'user_id', 'anonymousid', 'anonymous_id'],
  ...['kameleoonvisitorcode', 'kameleoon_visitor_code', 'visitorcode', 'visitor_code', 'k_visitorcode'],
  // Counters that were never set.
  '-1'
])

const LONGEST_WORD = Math.max(...[...WORDS].map((word) => word.length))

/** No real id has these characters at these places; most ids have none of them at all, which is asked first. */
const PATTERNS = [
  // Objects and lists that were turned into text.
  /^\[object \w+\]$/i,
  /^[[{(]\s*[)}\]]$/,
  // Templates that were not filled in: {{user.id}}, ${id}, <%= id %>, %%ID%%, {id}, $visitorCode.
  /\{\{.*\}\}|\$\{.*\}|<%.*%>|^%%.*%%$|^\{[^{}]*\}$|^\$[a-z_][\w.]*$/i,
  // A whole cookie: "kameleoonVisitorCode=abc", "abc; path=/". An id in base64 ends with "=", so a value must follow.
  /^[^\s=;,]+=[^\s=;,]+(;.*)?$/,
  /;\s*(path|domain|expires|max-age|samesite|secure|httponly)\b/i,
  // Quotes that belong to JSON or to an encoded cookie.
  /^(%22|").*(%22|")$|^'.*'$/,
  // Zero as a number or as an empty UUID.
  /^[0-]*0[0-]*$/
]

const HAS_MARK = /[[\]{}()$<>%=;"']|^[0-]+$/

/** Whether a text, without spaces around, is a placeholder and no identity. */
export function isPlaceholder(text: string): boolean {
  if (text.length <= LONGEST_WORD && WORDS.has(text.toLowerCase())) return true
  return HAS_MARK.test(text) && PATTERNS.some((pattern) => pattern.test(text))
}

const LONGEST_SHOWN = 40

/**
 * Says where a placeholder was found, such as `userId is "null"`. What follows the name of a cookie is not shown.
 * @param found where placeholders were found before; a field is not named again with the place it was mapped from
 */
export function notePlaceholder(found: string[], text: string, field: string): void {
  const shown = text.replace(/^([^\s=;,]+=).+$/, '$1…').slice(0, LONGEST_SHOWN)
  const sentence = `${field} is "${shown}"`
  if (!found.some((other) => sentence.endsWith(other))) found.push(sentence)
}

const NONE: readonly never[] = Object.freeze([])

/** The sentence for the user about the placeholders of an event; none if there are none. */
export function placeholderNotes(found: readonly string[]): readonly string[] {
  return found.length === 0 ? NONE : [`Placeholders count as absent: ${found.join(', ')}.`]
}
