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

/** Members of bodies that carry secrets: Kameleoon's token exchange has the first two. */
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

/** Headers as an object, without what nobody should see on a screen. */
export function redactedHeaders(headers: Iterable<[string, string]>): Record<string, string> {
  const shown = [...headers].map(([name, value]) => [
    name,
    SENSITIVE_HEADERS.includes(name.toLowerCase()) ? REDACTED : value
  ])
  return Object.fromEntries(shown) as Record<string, string>
}

/**
 * A value without secrets: members and form parameters that are named like one, and the given secrets wherever they stand.
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
