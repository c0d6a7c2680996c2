/** Odd numbers without pattern: the first two spread the bits of text, the others mix them at the end. */
const SPREAD_HIGH = 0x9e3779b1
const SPREAD_LOW = 0x5f356495
const MIX_FIRST = 0x85ebca6b
const MIX_SECOND = 0xc2b2ae35

const HEXADECIMAL = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0').toUpperCase())

/**
 * The nonce of a visit event: 16 hexadecimal digits, upper case as Kameleoon's own SDKs write them. The same event of the
 * same Segment message has the same nonce however often and in whatever company it is sent, so that a retry can be told
 * from a new event. The subject (what the event says) keeps two mappings of one message apart.
 *
 * It has to spread well and to be fast, and has nothing to hide: a cryptographic hash took a third of all time spent on
 * an event. https://docs.kameleoon.com/api-reference/visit/send-visitor-events
 */
export function nonceOf(messageIdentity: string, eventType: string, position: number, subject: string): string {
  const text = messageIdentity + eventType + subject
  // The lengths say where a part ends: "ab" and "c" are not "a" and "bc".
  let high = Math.imul(messageIdentity.length, SPREAD_LOW) ^ position
  let low = Math.imul(position, SPREAD_HIGH) ^ eventType.length
  for (let index = 0; index < text.length; index += 2) {
    // Past the end of the text there is no character, which counts as 0 here.
    const pair = text.charCodeAt(index) | (text.charCodeAt(index + 1) << 16)
    high = rotated(Math.imul(high ^ pair, SPREAD_HIGH))
    low = rotated(Math.imul(low ^ pair, SPREAD_LOW) ^ high)
  }
  high = Math.imul(high ^ ~text.length, SPREAD_LOW)
  return digits(mixed(high ^ low)) + digits(mixed(low ^ rotated(high)))
}

/** Lets high bits reach low ones, which multiplication alone does not. */
function rotated(bits: number): number {
  return (bits << 13) | (bits >>> 19)
}

/** Every bit of the input decides about every bit of the output, and no two inputs give the same. */
function mixed(bits: number): number {
  const once = Math.imul(bits ^ (bits >>> 16), MIX_FIRST)
  const twice = Math.imul(once ^ (once >>> 13), MIX_SECOND)
  return twice ^ (twice >>> 16)
}

function digits(bits: number): string {
  return (
    HEXADECIMAL[bits >>> 24] +
    HEXADECIMAL[(bits >>> 16) & 255] +
    HEXADECIMAL[(bits >>> 8) & 255] +
    HEXADECIMAL[bits & 255]
  )
}
