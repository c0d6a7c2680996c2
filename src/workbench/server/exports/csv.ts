export type Cell = string | number | null

/** Programs for tables run a cell that begins so as a formula. https://owasp.org/www-community/attacks/CSV_Injection */
const FORMULA = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/

/** Without this mark, Excel reads UTF-8 as another encoding. */
const BYTE_ORDER_MARK = '\uFEFF'

/**
 * A table as CSV in UTF-8. Text that a program would run as a formula gets a single quote in front; numbers stay numbers.
 * https://www.rfc-editor.org/rfc/rfc4180
 */
export function csvOf(head: string[], rows: Iterable<Cell[]>): string {
  const lines = [head, ...rows].map((cells) => cells.map(written).join(','))
  return `${BYTE_ORDER_MARK}${lines.join('\r\n')}\r\n`
}

function written(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text = FORMULA.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text
}
