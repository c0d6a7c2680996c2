/** Odd numbers without pattern: the first two spread the bits of text, the others mix them at the end. */
const SPREAD_HIGH = 0x9e3779b1
const SPREAD_LOW = 0x5f356495
const MIX_FIRST = 0x85ebca6b
const MIX_SECOND = 0xc2b2ae35

const HEXADECIMAL = Array.from('0123456789ABCDEF', (digit) => digit.charCodeAt(0))

/** Turns an amount into two whole numbers, the same on every machine. */
const AMOUNT = new DataView(new ArrayBuffer(8))

/**
 * The nonce of a visit event: 16 hexadecimal digits, upper case as Kameleoon's own SDKs write them. The same event of the
 * same Segment message has the same nonce however often and in whatever company it is sent, so that a retry can be told
 * from a new event. What the event says (its subject, and for a conversion its amount) keeps two mappings of one message
 * apart.
 *
 * It has to spread well and to be fast, and has nothing to hide: a cryptographic hash took a third of all time spent on
 * an event. It must not change: what is sent again after a change would count twice.
 * https://docs.kameleoon.com/api-reference/visit/send-visitor-events
 * @param position of the event among those of its message
 * @param amount of a conversion, below zero (or -0) if it is taken back
 */
export function nonceOf(
  messageIdentity: string,
  eventType: string,
  position: number,
  subject: string,
  amount = 0
): string {
  AMOUNT.setFloat64(0, amount)
  // The lengths say where a part ends: "ab" and "c" are not "a" and "bc".
  let high = Math.imul(Math.imul(messageIdentity.length, SPREAD_LOW) ^ position, SPREAD_HIGH) ^ AMOUNT.getInt32(0)
  let low = Math.imul(Math.imul(subject.length, SPREAD_HIGH) ^ eventType.length, SPREAD_LOW) ^ AMOUNT.getInt32(4)
  for (const text of [messageIdentity, eventType, subject]) {
    for (let index = 0; index < text.length; index += 2) {
      const second = index + 1 < text.length ? text.charCodeAt(index + 1) : 0
      const pair = text.charCodeAt(index) | (second << 16)
      high = rotated(Math.imul(high ^ pair, SPREAD_HIGH))
      low = rotated(Math.imul(low ^ pair, SPREAD_LOW) ^ high)
    }
  }
  return digits(mixed(high ^ low), mixed(low))
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

/** Sixteen digits in one go: joined from parts, the text would be joined again when it is sent. */
function digits(first: number, second: number): string {
  return String.fromCharCode(
    HEXADECIMAL[first >>> 28],
    HEXADECIMAL[(first >>> 24) & 15],
    HEXADECIMAL[(first >>> 20) & 15],
    HEXADECIMAL[(first >>> 16) & 15],
    HEXADECIMAL[(first >>> 12) & 15],
    HEXADECIMAL[(first >>> 8) & 15],
    HEXADECIMAL[(first >>> 4) & 15],
    HEXADECIMAL[first & 15],
    HEXADECIMAL[second >>> 28],
    HEXADECIMAL[(second >>> 24) & 15],
    HEXADECIMAL[(second >>> 20) & 15],
    HEXADECIMAL[(second >>> 16) & 15],
    HEXADECIMAL[(second >>> 12) & 15],
    HEXADECIMAL[(second >>> 8) & 15],
    HEXADECIMAL[(second >>> 4) & 15],
    HEXADECIMAL[second & 15]
  )
}
