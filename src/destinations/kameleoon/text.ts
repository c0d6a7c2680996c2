const HALF = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** Whether a string holds half of a surrogate pair: it cannot be written as UTF-8, so Kameleoon would store something else. */
export function hasLoneSurrogate(text: string): boolean {
  return /[\ud800-\udfff]/.test(text) && text.search(HALF) >= 0
}

/** Cuts to a number of UTF-16 code units without leaving half a surrogate pair, and leaves out such halves. */
export function cut(text: string, length: number): string {
  return text.trim().slice(0, length).replace(HALF, '')
}
