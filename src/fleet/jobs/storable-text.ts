/** What PostgreSQL takes in no text and no JSON: the character 0, and half a character (a surrogate alone). */
const UNSTORABLE = /[\0\p{Surrogate}]/gu

/** An index of PostgreSQL has at most about 2,700 bytes an entry, and a character at most 4. */
const LONGEST_NAME = 600

/**
 * A text that every backend keeps as it is. Reasons of rejected events repeat values of these events, and a job whose
 * result cannot be kept would come back again and again, and keep its partition waiting.
 */
export function storableText(text: string): string {
  return text.replace(UNSTORABLE, '\ufffd')
}

/** A text in the form of a name of a count: cut where it is too long. */
export function storableName(text: string): string {
  return storableText(text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME)}…` : text)
}
