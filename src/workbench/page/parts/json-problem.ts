/** Where a text stops being JSON, and why; line and column are counted from 1. */
export interface JsonProblem {
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
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    const position = positionIn(words, text)
    const before = text.slice(0, position).split('\n')
    return { message: shortened(words), line: before.length, column: before[before.length - 1].length + 1, position }
  }
}

/** Engines tell the position in different words, and none for a text that ends too early. */
function positionIn(words: string, text: string): number {
  const position = /position (\d+)/.exec(words)
  if (position) return Number(position[1])
  const place = /line (\d+) column (\d+)/.exec(words)
  if (place) return offsetOf(text, Number(place[1]), Number(place[2]))
  // "Unexpected token 'x', ..."abc x def"... is not valid JSON" cites the surroundings only.
  const cited = /Unexpected token '(.)', (?:\.\.\.)?"([\s\S]*?)"(?:\.\.\.)? is not valid JSON/u.exec(words)
  if (cited) {
    const start = text.indexOf(cited[2])
    const offset = cited[2].indexOf(cited[1])
    if (start >= 0 && offset >= 0) return start + offset
  }
  return text.length
}

function offsetOf(text: string, line: number, column: number): number {
  const before = text.split('\n').slice(0, line - 1)
  return before.reduce((sum, part) => sum + part.length + 1, 0) + column - 1
}

function shortened(words: string): string {
  return words
    .replace(/^JSON\.parse: /, '')
    .replace(/(?: in JSON)? at position[\s\S]*$| is not valid JSON$/, '')
    .replace(/, (?:\.\.\.)?"[\s\S]*$/, '')
}
