import Table from 'cli-table3'

// The library would colour heads and borders also where nothing may be coloured.
const PLAIN = { head: [], border: [], compact: true }

/** A table with a head. The columns named in `numbers`, counted from 0, are aligned right. */
export function tableText(head: string[], rows: string[][], numbers: number[]): string {
  const table = new Table({
    head,
    colAligns: head.map((_, column) => (numbers.includes(column) ? 'right' : 'left')),
    style: PLAIN
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
