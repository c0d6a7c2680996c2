/** A number as JSON writes it. Long digits stay text: they are ids, and a number would lose some of them. */
const NUMBER = /^-?(0|[1-9]\d{0,14})(\.\d{1,12})?$/

const WORDS: Record<string, unknown> = { true: true, false: false, null: null }

/** The value that a typed text stands for: a number, true, false, null, a text in double quotes, or else the text itself. */
export function typedValue(text: string): unknown {
  const trimmed = text.trim()
  if (Object.hasOwn(WORDS, trimmed)) return WORDS[trimmed]
  if (NUMBER.test(trimmed)) return Number(trimmed)
  return quoted(trimmed) ?? text
}

/** The text for which `typedValue` gives this value; null when there is none, as for objects and lists. */
export function textOfValue(value: unknown): string | null {
  const plain = typeof value === 'string' ? value : String(value)
  const texts = typeof value === 'string' ? [plain, JSON.stringify(value)] : [plain]
  return texts.find((text) => Object.is(typedValue(text), value)) ?? null
}

/** What a value is, in a word. */
export function kindOfValue(value: unknown): string {
  if (typeof value === 'string') return 'text'
  if (typeof value === 'number') return 'number'
  if (typeof value === 'boolean') return 'true/false'
  return value === null ? 'null' : Array.isArray(value) ? 'list' : 'object'
}

function quoted(text: string): string | null {
  if (!/^".*"$/s.test(text)) return null
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'string' ? value : null
  } catch {
    return null
  }
}
