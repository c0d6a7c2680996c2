import Table from 'cli-table3'
import stringWidth from 'string-width'

/** Text that is safe for a terminal: control characters become spaces, since they could move the cursor. */
export function plainText(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
}

/** The text, cut to this many characters with an ellipsis at the end. */
export function shortened(text: string, characters: number): string {
  const points = [...text]
  return points.length <= characters ? text : `${points.slice(0, characters - 1).join('')}…`
}

/** The text, cut to this many columns of a terminal with an ellipsis at the end. Some characters take two columns. */
export function fitted(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text
  let cut = ''
  for (const point of text) {
    if (stringWidth(cut + point) > columns - 1) break
    cut += point
  }
  return `${cut}…`
}

/** `start` and the text, with line breaks between words to fit `width` columns. Further lines are indented. */
export function wrapped(start: string, text: string, width: number): string {
  const room = Math.max(width - start.length, 40)
  const lines = ['']
  for (const word of text.split(' ')) {
    const line = lines[lines.length - 1]
    if (line !== '' && line.length + 1 + word.length > room) lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return start + lines.join(`\n${' '.repeat(start.length)}`)
}

/** `1 event`, `2 events`, `1,000 events`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
}

// Otherwise the library always colours heads and borders.
const PLAIN = { head: [], border: [], compact: true }

/**
 * A table with a head. The columns named in `numbers`, counted from 0, are aligned right.
 * @param isNarrow leaves out the spaces before cells
 */
export function tableText(head: string[], rows: string[][], numbers: number[], isNarrow = false): string {
  const table = new Table({
    head,
    colAligns: head.map((_, column) => (numbers.includes(column) ? 'right' : 'left')),
    style: isNarrow ? { ...PLAIN, 'padding-left': 0 } : PLAIN
  })
  table.push(...rows)
  return table.toString()
}

/** Rows in a box, without a head; cells wider than their column are wrapped. */
export function boxText(rows: string[][], widths: number[]): string {
  const table = new Table({ colWidths: widths, wordWrap: true, style: PLAIN })
  table.push(...rows)
  return table.toString()
}
