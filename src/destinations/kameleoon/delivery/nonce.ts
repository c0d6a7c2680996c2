import crypto from 'crypto'

/**
 * The nonce of a visit event: 16 hexadecimal digits, upper case as Kameleoon's own SDKs write them. The same event of the
 * same Segment message has the same nonce however often and in whatever company it is sent, so that a retry can be told
 * from a new event. The subject (what the event says) keeps two mappings of one message apart.
 * https://docs.kameleoon.com/api-reference/visit/send-visitor-events
 */
export function nonceOf(messageIdentity: string, eventType: string, position: number, subject: string): string {
  return crypto
    .createHash('sha1')
    .update(`${messageIdentity}\n${eventType}\n${position}\n${subject}`)
    .digest('hex')
    .slice(0, 16)
    .toUpperCase()
}
