import type { Resolve } from './compiled'
import { readerOf } from './path'

const IN_THREE = /\{\{\{([^}]+)\}\}\}/g
const IN_TWO = /\{\{([^}]+)\}\}/g

type Render = (data: unknown) => string

/** Renders a template as the framework does: placeholders in three braces first, then those in two. */
export function rendererOf(template: string): Render {
  // A value in three braces may bring placeholders of its own, so the text in between is not known before.
  if (template.search(IN_THREE) >= 0) return (data) => rendered(template, data)
  const render = piecesOf(template)
  return (data) => render(data === undefined ? {} : data)
}

/** Renders a template that is known only when the data is there. */
export function rendered(template: string, data: unknown = {}): string {
  const first = template.replace(IN_THREE, (match) => textOf(readerOf(match.slice(3, -3).trim())(data)))
  return piecesOf(first)(data)
}

function piecesOf(template: string): Render {
  const { texts, readers } = divided(template)
  return (data) => readers.reduce<string>((text, read, index) => text + textOf(read(data)) + texts[index + 1], texts[0])
}

/** The text around the placeholders, one piece more than there are placeholders, and how their values are read. */
function divided(template: string): { texts: string[]; readers: Resolve[] } {
  const texts: string[] = []
  const readers: Resolve[] = []
  let end = 0
  for (const { 0: match, index = 0 } of template.matchAll(IN_TWO)) {
    texts.push(template.slice(end, index))
    readers.push(readerOf(match.slice(2, -2).trim()))
    end = index + match.length
  }
  return { texts: [...texts, template.slice(end)], readers }
}

/** Not with String(), which takes symbols too; null and undefined are no text. */
function textOf(value: unknown): string {
  // eslint-disable-next-line @typescript-eslint/restrict-template-expressions, @typescript-eslint/no-base-to-string -- as it is
  return `${value ?? ''}`
}
