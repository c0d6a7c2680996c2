/** The words before a colon that a search knows. */
export const QUERY_KEYS = ['status', 'type', 'visitor', 'goal', 'mapping', 'after', 'before'] as const

export type QueryKey = (typeof QUERY_KEYS)[number]

/** One part of a search: `key:value`, or a text. `source` is exactly what is written. */
export interface Token {
  key: QueryKey | 'text'
  /** Without quotes; empty while it is being written. */
  value: string
  source: string
}

/** Every part takes time that is linear in its length: no repetition here can match the same text in two ways. */
const TOKEN = new RegExp(`(?:(${QUERY_KEYS.join('|')}):)?(?:"((?:[^"\\\\]|\\\\[^])*)["\\\\]?|([^\\s]*))`, 'iy')

/** Splits a search into its parts. A quote that is not closed reaches to the end. */
export function tokensIn(text: string): Token[] {
  const tokens: Token[] = []
  for (let at = spaceEnd(text, 0); at < text.length; at = spaceEnd(text, at)) {
    TOKEN.lastIndex = at
    const [source = '', key, quoted, plain = ''] = TOKEN.exec(text) ?? []
    const value = quoted === undefined ? plain : quoted.replace(/\\([^])/g, '$1')
    tokens.push({ key: keyOf(key), value, source })
    at += Math.max(1, source.length)
  }
  return tokens
}

function spaceEnd(text: string, from: number): number {
  let at = from
  while (at < text.length && /\s/.test(text[at])) at++
  return at
}

function keyOf(written: string | undefined): Token['key'] {
  return QUERY_KEYS.find((key) => key === written?.toLowerCase()) ?? 'text'
}

/**
 * One condition as text, in quotes where they are needed.
 * @example queryPart('goal', 'Newsletter signup') // goal:"Newsletter signup"
 */
export function queryPart(key: QueryKey | 'text', value: string): string {
  const isPlain = value !== '' && !/[\s"\\]/.test(value) && (key !== 'text' || keyPrefix(value) === null)
  const written = isPlain ? value : `"${value.replace(/["\\]/g, '\\$&')}"`
  return key === 'text' ? written : `${key}:${written}`
}

function keyPrefix(value: string): QueryKey | null {
  return QUERY_KEYS.find((key) => value.toLowerCase().startsWith(`${key}:`)) ?? null
}

/** The search with one value for a key instead of those it has, or with none. */
export function withQueryPart(text: string, key: QueryKey, value: string | null): string {
  const others = tokensIn(text).filter((token) => token.key !== key)
  const parts = others.map(({ source }) => source)
  return (value === null ? parts : [...parts, queryPart(key, value)]).join(' ')
}

/** The search without one of its parts. */
export function withoutQueryPart(text: string, source: string): string {
  return tokensIn(text)
    .filter((token) => token.source !== source)
    .map((token) => token.source)
    .join(' ')
}
