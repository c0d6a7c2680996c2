/** Reasons are compared by their beginning, which bounds the work for one that quotes a long value. */
const MOST_CHARACTERS = 300
const MOST_SEARCHED = 80
const GAP = '…'

/** The reason without what differs between events: quoted values, numbers, and words with digits such as ids. */
export function patternOf(reason: string): string {
  return reason
    .slice(0, MOST_CHARACTERS)
    .replace(/"[^"]*"|“[^”]*”/g, GAP)
    .replace(/\S+/g, (word) => (/\d/.test(word) ? GAP : word))
}

/** The longest part of a reason that all reasons of the same pattern contain; null when there is none of use. */
export function commonPart(reason: string): string | null {
  const parts = patternOf(reason)
    .split(/[…"\r\n\\]/)
    .map((part) => part.trim())
  const longest = parts.reduce((best, part) => (part.length > best.length ? part : best), '')
  return longest.length < 4 ? null : shortened(longest)
}

/** The first words of a text. */
function shortened(text: string): string {
  if (text.length <= MOST_SEARCHED) return text
  return text.slice(0, text.lastIndexOf(' ', MOST_SEARCHED) + 1 || MOST_SEARCHED).trim()
}
