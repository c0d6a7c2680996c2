import { matcherOf } from './subscription'

/** Paths that a condition may read. Those of WITH_NAMES need a name after a dot, as in `traits.plan`. */
const PLAIN = ['type', 'event', 'name', 'userId']
const WITH_NAMES = ['properties', 'traits', 'context']
const FUNCTIONS = ['contains', 'match']
const WORD = /^\w+$/
const EXAMPLE = 'a query looks like type = "track"'

/** What is wrong with a query. */
export interface QueryFault {
  /** The character at which the fault begins, counted from 0; the length of the query where something is missing at its end. */
  position: number
  /** What stands there; empty at the end. */
  found: string
  /** What to write instead, as a part of a sentence. */
  advice: string
}

/**
 * The first fault of a query; null when it is valid. Stricter than Segment's parser, which accepts an unfinished query or text
 * in single quotes without an error and then matches nothing.
 */
export function queryFault(query: string): QueryFault | null {
  if (query.trim() === '') return { position: query.length, found: '', advice: `it is empty; ${EXAMPLE}` }
  try {
    new QueryReader(query).read()
  } catch (error) {
    if (error instanceof Fault) return error.fault
    throw error
  }
  return matcherOf(query) ? null : { position: 0, found: query, advice: EXAMPLE }
}

/** The fault of a query with its place as one text; null when it is valid. */
export function queryProblem(query: string): string | null {
  const fault = queryFault(query)
  if (fault === null) return null
  const { position, found, advice } = fault
  if (query.trim() === '' || advice === EXAMPLE) return advice
  if (found === '') return `it ends after '${query.slice(0, position).trimEnd()}': ${advice}`
  return `unexpected '${found}' at character ${position + 1}: ${advice}`
}

class Fault extends Error {
  constructor(readonly fault: QueryFault) {
    super(fault.advice)
  }
}

/** Reads a query from left to right and throws a Fault at the first unexpected token. */
class QueryReader {
  private readonly tokens: Token[]
  private position = 0
  private isInGroup = false

  constructor(query: string) {
    this.tokens = tokensOf(query)
  }

  read(): void {
    this.conditions()
    if (this.next.kind !== 'end') this.fail('"and" or "or"')
  }

  private get next(): Token {
    return this.tokens[this.position]
  }

  private conditions(): void {
    this.condition()
    while (this.takes('and') || this.takes('or')) this.condition()
  }

  private condition(): void {
    if (this.next.text === '(') return this.group()
    const isNegated = this.takes('!')
    if (FUNCTIONS.includes(this.next.text)) return this.call()
    if (isNegated) this.fail('contains(…) or match(…), since "!" can only negate these')
    this.path()
    if (this.next.kind !== 'operator') this.fail('an operator, such as =')
    this.position++
    this.value()
  }

  private group(): void {
    if (this.isInGroup) this.fail("no brackets within brackets, which Segment's parser does not support")
    this.position++
    this.isInGroup = true
    this.conditions()
    this.isInGroup = false
    this.require(')', '")", "and" or "or"')
  }

  private call(): void {
    const isMatch = this.takes('match') || !this.takes('contains')
    this.require('(', '"("')
    this.path()
    this.require(',', '","')
    if (this.next.kind !== 'text') this.fail('a text in double quotes')
    if (isMatch && !/^"\*|\*"$/.test(this.next.text)) this.fail('a text that begins or ends with *, as in "Order*"')
    this.position++
    this.require(')', '")"')
  }

  private path(): void {
    const { kind, text } = this.next
    const known = [...PLAIN, ...WITH_NAMES.map((root) => `${root}.…`)].join(', ')
    const root = text.split('.')[0]
    if (kind !== 'path') this.fail(`a path (${known})`)
    if (WITH_NAMES.includes(root) && root === text) this.fail(`a name after "${root}", as in ${root}.plan`)
    const isKnown = PLAIN.includes(text) || WITH_NAMES.includes(root)
    if (!isKnown) this.fail(`one of ${known}${WORD.test(text) ? `, as in properties.${text}` : ''}`)
    this.position++
  }

  private value(): void {
    const { kind, text } = this.next
    const isValue = kind === 'text' || kind === 'number' || ['true', 'false', 'null'].includes(text)
    if (!isValue) this.fail('a value (a text in double quotes, a number, true, false or null)')
    this.position++
  }

  private takes(text: string): boolean {
    if (this.next.text !== text) return false
    this.position++
    return true
  }

  private require(text: string, expected: string): void {
    if (!this.takes(text)) this.fail(expected)
  }

  private fail(expected: string): never {
    const { text, start } = this.next
    const advice = frequentMistake(this.next, this.tokens[this.position - 1]) ?? `expected ${expected}`
    throw new Fault({ position: start, found: text, advice })
  }
}

/** What to write instead of something that other languages allow; null when it is none of these. */
function frequentMistake({ kind, text }: Token, before: Token | undefined): string | null {
  const isValueWanted = before?.kind === 'operator'
  if (text === '=' && isValueWanted) return 'use a single ='
  if (/^['‘’‚`]/.test(text)) return `use double quotes, as in "${text.replace(/['‘’‚`]/g, '')}"`
  if (/^[“”„]/.test(text)) return 'use straight double quotes ("), not typographic ones'
  if (text.startsWith('"') && kind === 'unknown') return 'the text has no closing quote'
  if (text === '&') return 'write the word "and"'
  if (text === '|') return 'write the word "or"'
  if (/^(and|or)$/i.test(text) && kind === 'path') return `write "${text.toLowerCase()}" in small letters`
  if (kind === 'operator' && !isValueWanted) return `a field is missing before it, as in type ${text} "track"`
  if (kind === 'path' && isValueWanted) return `put the text in double quotes, as in "${text}"`
  return null
}

/** A token of a query; `start` and `end` are positions in its text. */
interface Token {
  kind: 'text' | 'number' | 'operator' | 'word' | 'path' | 'bracket' | 'comma' | 'not' | 'unknown' | 'end'
  text: string
  start: number
  end: number
}

const WORDS = ['and', 'or', 'null', 'true', 'false']

/** The pattern of each kind. In a path, a backslash escapes any character. */
const KINDS: [Token['kind'], RegExp][] = [
  ['text', /"[^"]*"/y],
  ['number', /[+-]?\d+(?:\.\d+)?(?![\w.])/y],
  ['operator', /!=|<=|>=|=|<|>/y],
  ['path', /(?:[A-Za-z_]|\\.)(?:[\w-]|\\.)*(?:\.(?:[\w-]|\\.)+)*/y],
  ['bracket', /[()]/y],
  ['comma', /,/y],
  ['not', /!/y],
  ['unknown', /'[^']*'?|“[^”]*”?|"[^]*|\S/y]
]

/** The tokens of a query in their order; the last one is its end. */
function tokensOf(query: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  for (;;) {
    at = endOfSpace(query, at)
    const token = tokenAt(query, at)
    tokens.push(token)
    if (token.kind === 'end') return tokens
    at = token.end
  }
}

const SPACE = /\s*/y

function endOfSpace(query: string, start: number): number {
  SPACE.lastIndex = start
  SPACE.exec(query)
  return SPACE.lastIndex
}

function tokenAt(query: string, start: number): Token {
  for (const [kind, pattern] of KINDS) {
    pattern.lastIndex = start
    const text = pattern.exec(query)?.[0]
    if (text !== undefined) return { kind: WORDS.includes(text) ? 'word' : kind, text, start, end: start + text.length }
  }
  return { kind: 'end', text: '', start, end: start }
}
