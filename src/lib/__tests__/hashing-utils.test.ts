import { processHashing as segments } from '@segment/action-destinations/dist/lib/hashing-utils'
import { processHashing } from '../hashing-utils'
import type { DigestType, EncryptionMethod } from '../hashing-utils'

const METHODS: EncryptionMethod[] = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512']
const DIGESTS: DigestType[] = ['hex', 'base64']
const FORMS = METHODS.flatMap((method) => DIGESTS.map((digest) => [method, digest] as const))

describe.each(FORMS)('hashing with %s in %s', (method, digest) => {
  it.each(['ada', ' Ada ', 'é🛒', '{"id":1}', '', '  ', 'a'.repeat(64), 'F'.repeat(32)])(
    'gives for %j what the helper of Segment gives',
    (value) => {
      expect(processHashing(value, method, digest)).toBe(segments(value, method, digest))
    }
  )

  it('leaves a hash as it is, also when the value would be cleaned', () => {
    const hash = processHashing('ada', method, digest)
    const cleaning = () => 'cleaned'
    expect(processHashing(hash, method, digest, cleaning)).toBe(hash)
    expect(segments(hash, method, digest, cleaning)).toBe(hash)
  })
})

it('cleans a value before it is hashed', () => {
  const clean = (value: string) => value.trim().toLowerCase()
  expect(processHashing(' Ada ', 'sha256', 'hex', clean)).toBe(processHashing('ada', 'sha256', 'hex'))
})

it('does not hash what cleaning leaves empty', () => {
  expect(() => processHashing('?', 'sha256', 'hex', () => '')).toThrow('Cannot hash an empty string')
  expect(() => segments('?', 'sha256', 'hex', () => '')).toThrow('Cannot hash an empty string')
})
