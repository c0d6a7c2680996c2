import { CredentialsError } from './errors'

/** OAuth2 client credentials of a Kameleoon account. */
export interface Credentials {
  id: string
  secret: string
}

const HOW_TO_GET_ONE = 'Copy it again from Kameleoon: My profile > API credentials.'

/**
 * Decodes the API key that Kameleoon hands out for Segment: base64 of a JSON object with `id` and `secret`.
 * White space around and inside it is forgiven, as copied keys often are wrapped.
 * @throws CredentialsError with what is wrong and what to do; it never quotes the key.
 */
export function decodeApiKey(apiKey: string): Credentials {
  const encoded = apiKey.replace(/\s/g, '')
  if (encoded === '') throw new CredentialsError(`API Key is empty. ${HOW_TO_GET_ONE}`)
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(encoded)) throw new CredentialsError(`API Key is not base64. ${HOW_TO_GET_ONE}`)
  const decoded = parse(Buffer.from(encoded, 'base64').toString('utf8'))
  const id = nonEmptyText(decoded.id)
  const secret = nonEmptyText(decoded.secret)
  if (id === undefined) throw new CredentialsError(`API Key holds no client id. ${HOW_TO_GET_ONE}`)
  if (secret === undefined) throw new CredentialsError(`API Key holds no client secret. ${HOW_TO_GET_ONE}`)
  return { id, secret }
}

function parse(json: string): { id?: unknown; secret?: unknown } {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    throw new CredentialsError(`API Key does not decode to JSON. ${HOW_TO_GET_ONE}`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new CredentialsError(`API Key does not decode to an object with id and secret. ${HOW_TO_GET_ONE}`)
  }
  return value
}

function nonEmptyText(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}
