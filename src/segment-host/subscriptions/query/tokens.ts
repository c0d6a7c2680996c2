/** A piece of a query; `start` and `end` are positions in its text. */
export interface Token {
  kind: 'text' | 'number' | 'operator' | 'word' | 'path' | 'bracket' | 'comma' | 'not' | 'unknown' | 'end'
  text: string
  start: number
  end: number
}

const WORDS = ['and', 'or', 'null', 'true', 'false']

/** How the pieces look. A name may have any character behind a backslash. */
const KINDS: [Token['kind'], RegExp][] = [
  ['text', /"[^"]*"/y],
  ['number', /[+-]?\d+(?:\.\d+)?(?![\w.])/y],
  ['operator', /!=|<=|>=|=|<|>/y],
  ['path', /(?:[A-Za-z_]|\\.)(?:[\w-]|\\.)*(?:\.(?:[\w-]|\\.)+)*/y],
  ['bracket', /[()]/y],
  ['comma', /,/y],
  ['not', /!/y],
  ['unknown', /'[^']*'?|"[^]*|\S/y]
]

/** The pieces of a query in their order; the last one is its end. */
export function tokensOf(query: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  for (;;) {
    at += /^\s*/.exec(query.slice(at))?.[0].length ?? 0
    const token = tokenAt(query, at)
    tokens.push(token)
    if (token.kind === 'end') return tokens
    at = token.end
  }
}

function tokenAt(query: string, start: number): Token {
  for (const [kind, pattern] of KINDS) {
    pattern.lastIndex = start
    const text = pattern.exec(query)?.[0]
    if (text !== undefined) return { kind: WORDS.includes(text) ? 'word' : kind, text, start, end: start + text.length }
  }
  return { kind: 'end', text: '', start, end: start }
}
