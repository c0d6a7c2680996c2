import type { DestinationDefinition } from '@segment/actions-core'
import { memberOf } from '../values'

const REDACTED = '<redacted>'

/** Headers that Segment's own tool hides, in lower case. */
const SENSITIVE_HEADERS = [
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'www-authenticate',
  'proxy-authenticate',
  'x-csrf-token',
  'x-xsrf-token',
  'x-api-key',
  'x-client-id',
  'x-uid',
  'x-requested-with',
  'x-forwarded-for',
  'x-real-ip',
  'x-amz-security-token',
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-user-agent'
]

/** Members of bodies that contain secrets. Kameleoon's token exchange has the first two. */
const SENSITIVE_MEMBERS = [
  'client_secret',
  'access_token',
  'refresh_token',
  'id_token',
  'password',
  'api_key',
  'apiKey'
]

const NAMES = SENSITIVE_MEMBERS.join('|')
const IN_FORM = new RegExp(`((?:^|[?&])(?:${NAMES})=)[^&\\s]*`, 'g')
const IN_JSON = new RegExp(`("(?:${NAMES})"\\s*:\\s*")(?:[^"\\\\]|\\\\.)*`, 'g')

/** Headers as an object, with the values of sensitive ones replaced. */
export function redactedHeaders(headers: Iterable<[string, string]>): Record<string, string> {
  const shown = [...headers].map(([name, value]) => [
    name,
    SENSITIVE_HEADERS.includes(name.toLowerCase()) ? REDACTED : value
  ])
  return Object.fromEntries(shown) as Record<string, string>
}

/**
 * A copy of a value without secrets: members and form parameters with the name of a secret, and the given secrets in any
 * text, are replaced by `<redacted>`.
 */
export function redacted(value: unknown, secrets: string[]): unknown {
  if (typeof value === 'string') return redactedText(value, secrets)
  if (Array.isArray(value)) return value.map((part) => redacted(part, secrets))
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).map(([key, member]) => [
    key,
    SENSITIVE_MEMBERS.includes(key) && typeof member === 'string' ? REDACTED : redacted(member, secrets)
  ])
  return Object.fromEntries(members)
}

function redactedText(text: string, secrets: string[]): string {
  const byName = text.replace(IN_FORM, `$1${REDACTED}`).replace(IN_JSON, `$1${REDACTED}`)
  return secrets.reduce((rest, secret) => rest.split(secret).join(REDACTED), byName)
}

/** Shorter texts also occur in ordinary words, so they are not replaced. */
const SHORTEST_SECRET = 6

/** The secrets in settings: the values of password fields, and the `secret` that such a value contains as base64 of JSON. */
export function secretsOf<Settings>(
  { authentication }: DestinationDefinition<Settings>,
  settings: Record<string, unknown>
): string[] {
  const secrets = Object.entries(authentication?.fields ?? {}).flatMap(([key, { type }]) => {
    const value = settings[key]
    return type === 'password' && typeof value === 'string' ? [value, ...encodedIn(value)] : []
  })
  return secrets.filter((secret) => secret.length >= SHORTEST_SECRET)
}

function encodedIn(value: string): string[] {
  try {
    const content: unknown = JSON.parse(Buffer.from(value, 'base64').toString('utf8'))
    const secret = memberOf(content, 'secret')
    return typeof secret === 'string' ? [secret, encodeURIComponent(secret)] : []
  } catch {
    return []
  }
}
