import { UsageError, messageOf, memberOf } from '../../segment-host'

/** That a database did not answer in time. */
export class NoAnswerError extends Error {
  readonly code = 'TIMEOUT'
}

/** How long a database may take to answer when it is opened, in milliseconds. */
export const OPENING_MILLISECONDS = 5_000

const KINDS = {
  'redis:': { kind: 'redis', product: 'Redis', port: '6379' },
  'rediss:': { kind: 'redis', product: 'Redis', port: '6379' },
  'postgres:': { kind: 'postgres', product: 'PostgreSQL', port: '5432' },
  'postgresql:': { kind: 'postgres', product: 'PostgreSQL', port: '5432' }
} as const

const EXAMPLES = 'redis://localhost:6379, rediss://… (with TLS) or postgres://user:password@localhost:5432/database'

/** The address of a queue's database, in a form that can be shown: without user and password. */
export interface Address {
  kind: 'redis' | 'postgres'
  product: 'Redis' | 'PostgreSQL'
  /** Host and port. */
  place: string
  url: URL
}

/** @throws UsageError if it is not the address of a database that is understood */
export function addressOf(url: string): Address {
  const parsed = parse(url)
  if (!isKnown(parsed.protocol)) {
    throw new UsageError(`A queue cannot be at an address with ${parsed.protocol}//. Understood are ${EXAMPLES}.`)
  }
  const { kind, product, port } = KINDS[parsed.protocol]
  const host = parsed.searchParams.get('host') ?? (parsed.hostname || 'localhost')
  return { kind, product, place: `${host}:${parsed.port || port}`, url: parsed }
}

// The text itself is not repeated: it may hold a password.
function parse(url: string): URL {
  try {
    return new URL(url)
  } catch {
    throw new UsageError(`The address of the queue cannot be read. Examples: ${EXAMPLES}.`)
  }
}

function isKnown(protocol: string): protocol is keyof typeof KINDS {
  return Object.keys(KINDS).includes(protocol)
}

const REFUSED = 'user name or password is wrong. Correct them in the address of the queue'

const REASONS: Record<string, string> = {
  TIMEOUT: `it gave no answer in ${OPENING_MILLISECONDS / 1000} seconds. Correct the address of the queue, or look after the server`,
  ECONNREFUSED: 'nothing listens there. Start it, or correct the address of the queue',
  ENOTFOUND: 'this host is not known. Correct the address of the queue',
  EAI_AGAIN: 'the name of this host cannot be looked up now. Check the network',
  WRONGPASS: REFUSED,
  NOAUTH: REFUSED,
  '28P01': REFUSED,
  '28000': REFUSED,
  '3D000': 'there is no database of this name. Create it (createdb), or correct the address of the queue',
  '42501': 'this user must not create schemas. Let its owner run GRANT CREATE ON DATABASE'
}

/** Why a database cannot be used. Neither user name nor password are in it, nor the error, which may hold them. */
export function cannotUse({ product, place, url }: Address, error: unknown): UsageError {
  const message = messageOf(error)
  const reason = REASONS[codeOf(error, message)] ?? message.replace(/\.$/, '')
  return new UsageError(`Cannot use ${product} at ${place}: ${withoutPassword(reason, url)}.`)
}

// Redis begins its messages with a code, and pg says in words that its time is over.
function codeOf(error: unknown, message: string): string {
  const code = memberOf(error, 'code')
  if (typeof code === 'string') return code
  return /timeout/.test(message) ? 'TIMEOUT' : message.split(' ', 1)[0]
}

function withoutPassword(text: string, url: URL): string {
  const secrets = [url.password, decoded(url.password)].filter((secret) => secret !== '')
  return secrets.reduce((shown, secret) => shown.split(secret).join('***'), text)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Where a queue is, in a form that can be shown. @throws UsageError as `addressOf` does */
export function queuePlace(url: string): string {
  const { url: parsed, place } = addressOf(url)
  return `${parsed.protocol}//${place}${parsed.pathname === '/' ? '' : parsed.pathname}`
}
