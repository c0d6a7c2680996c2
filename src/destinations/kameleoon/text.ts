/** Whether a string holds half of a surrogate pair: it cannot be written as UTF-8, so Kameleoon would store something else. */
export function hasLoneSurrogate(text: string): boolean {
  if (!/[\ud800-\udfff]/.test(text)) return false
  return /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text)
}
