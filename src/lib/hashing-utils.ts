import * as crypto from 'crypto'

/**
 * The hashing helper that Segment's repository has at this place, with the same signature and behaviour, so that the
 * destination imports it by the same path in both.
 * https://github.com/segmentio/action-destinations/blob/main/packages/destination-actions/src/lib/hashing-utils.ts
 */

export type EncryptionMethod = 'md5' | 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512'

export type DigestType = 'hex' | 'base64'

/** How many characters a hash has in each form. */
const LENGTHS: Record<EncryptionMethod, Record<DigestType, number>> = {
  md5: { hex: 32, base64: 24 },
  sha1: { hex: 40, base64: 28 },
  sha224: { hex: 56, base64: 40 },
  sha256: { hex: 64, base64: 44 },
  sha384: { hex: 96, base64: 64 },
  sha512: { hex: 128, base64: 88 }
}

const FORMS: Record<DigestType, RegExp> = {
  hex: /^[a-f0-9]+$/i,
  base64: /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
}

/**
 * The hash of a value. Blank text gives an empty string, and a value that already looks like such a hash is returned as it
 * is: so never hash what a user may choose without something before it.
 * @param cleaningFunction applied before hashing, but not to what already looks hashed
 */
export function processHashing(
  value: string,
  encryptionMethod: EncryptionMethod,
  digest: DigestType,
  cleaningFunction?: (value: string) => string
): string {
  if (value.trim() === '') return ''
  if (value.length === LENGTHS[encryptionMethod][digest] && FORMS[digest].test(value)) return value
  const cleaned = cleaningFunction ? cleaningFunction(value) : value
  if (cleaned.trim() === '') throw new Error('Cannot hash an empty string')
  return crypto.createHash(encryptionMethod).update(cleaned).digest(digest)
}
