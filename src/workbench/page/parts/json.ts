/** Whether a value of JSON is an object, which arrays are not. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Where a text stops being JSON, and why; line and column are counted from 1. */
interface JsonProblem {
  message: string
  line: number
  column: number
  position: number
}

/** The first problem of a text that should be JSON, or null. */
export function jsonProblem(text: string): JsonProblem | null {
  try {
    JSON.parse(text)
    return null
  } catch {
    // JavaScript engines report the position in different ways, and sometimes not at all.
    const { position, message } = faultIn(text)
    const before = text.slice(0, position).split('\n')
    return { message, position, line: before.length, column: before[before.length - 1].length + 1 }
  }
}

const SPACE = /[ \t\r\n]*/y
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const SIMPLE = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y

class Fault extends Error {
  constructor(
    readonly position: number,
    message: string
  ) {
    super(message)
  }
}

function faultIn(text: string): Fault {
  try {
    const end = skip(text, valueAt(text, skip(text, 0)))
    return new Fault(end, 'Unexpected text after the JSON value.')
  } catch (fault) {
    if (fault instanceof Fault) return fault
    throw fault
  }
}

/** The position after the value that begins here. */
function valueAt(text: string, start: number): number {
  if (text[start] === '{') return membersAt(text, start, '}', memberAt)
  if (text[start] === '[') return membersAt(text, start, ']', valueAt)
  if (text[start] === '"') return stringAt(text, start)
  return match(SIMPLE, text, start) ?? expected(text, start, 'a value')
}

function membersAt(text: string, start: number, close: string, member: typeof valueAt): number {
  let at = skip(text, start + 1)
  if (text[at] === close) return at + 1
  for (;;) {
    at = skip(text, member(text, at))
    if (text[at] === close) return at + 1
    if (text[at] !== ',') return expected(text, at, `a comma or ${close}`)
    at = skip(text, at + 1)
  }
}

function memberAt(text: string, start: number): number {
  if (text[start] !== '"') return expected(text, start, 'a key in double quotes')
  const at = skip(text, stringAt(text, start))
  if (text[at] !== ':') return expected(text, at, 'a colon')
  return valueAt(text, skip(text, at + 1))
}

function stringAt(text: string, start: number): number {
  const end = match(STRING, text, start)
  if (end !== null) return end
  throw new Fault(start, 'This string is not closed, or contains a character that must be escaped.')
}

function expected(text: string, position: number, what: string): never {
  const found = position < text.length ? `found ${JSON.stringify(text[position])}` : 'the text ends'
  throw new Fault(position, `Expected ${what}, ${found}.`)
}

function skip(text: string, start: number): number {
  return match(SPACE, text, start) ?? start
}

function match(pattern: RegExp, text: string, start: number): number | null {
  pattern.lastIndex = start
  return pattern.test(text) ? pattern.lastIndex : null
}
