/** Odd constants with irregular bits: the first two spread the bits of the text, the others mix them at the end. */
const SPREAD_HIGH = 0x9e3779b1
const SPREAD_LOW = 0x5f356495
const MIX_FIRST = 0x85ebca6b
const MIX_SECOND = 0xc2b2ae35

/** Turns an amount into two whole numbers, the same on every machine. */
const AMOUNT = new DataView(new ArrayBuffer(8))

/**
 * The nonce of a visit event: 16 hexadecimal digits, upper case as Kameleoon's own SDKs write them. The same event of the
 * same Segment message always has the same nonce, alone or in any batch, so that a retry is recognised. Two mappings of one
 * message that send different data (subject, amount of a conversion), and two visitors of one message, have different nonces.
 *
 * The hash has to spread well and to be fast, and keeps no secret: a cryptographic hash took a third of the time of an
 * event. It must not change, since an event that is sent again after the change would count twice.
 * https://docs.kameleoon.com/api-reference/visit/send-visitor-events
 * @param position of the event among those of its message
 * @param amount of a conversion, below zero (or -0) if it is taken back
 */
export function nonceOf(
  messageIdentity: string,
  visitorCode: string,
  eventType: string,
  position: number,
  subject: string,
  amount = 0
): string {
  AMOUNT.setFloat64(0, amount)
  // The lengths say where a part ends: "ab" and "c" are not "a" and "bc".
  let high = Math.imul(Math.imul(messageIdentity.length, SPREAD_LOW) ^ position, SPREAD_HIGH) ^ AMOUNT.getInt32(0)
  let low = Math.imul(Math.imul(subject.length, SPREAD_HIGH) ^ eventType.length, SPREAD_LOW) ^ AMOUNT.getInt32(4)
  low = rotated(Math.imul(low ^ visitorCode.length, SPREAD_HIGH))
  for (const text of [messageIdentity, visitorCode, eventType, subject]) {
    for (let index = 0; index < text.length; index += 2) {
      const second = index + 1 < text.length ? text.charCodeAt(index + 1) : 0
      const pair = text.charCodeAt(index) | (second << 16)
      high = rotated(Math.imul(high ^ pair, SPREAD_HIGH))
      low = rotated(Math.imul(low ^ pair, SPREAD_LOW) ^ high)
    }
  }
  return hexadecimal(mixed(high ^ low)) + hexadecimal(mixed(low))
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

/** Two digits for each byte, since turning numbers into text takes longer than all the rest. */
const BYTES = Array.from({ length: 256 }, (_, byte) => byte.toString(16).toUpperCase().padStart(2, '0'))

function hexadecimal(bits: number): string {
  return BYTES[bits >>> 24] + BYTES[(bits >>> 16) & 255] + BYTES[(bits >>> 8) & 255] + BYTES[bits & 255]
}
