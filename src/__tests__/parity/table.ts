import { readFileSync } from 'fs'
import path from 'path'

/** The rows, without the head, of the first table under a heading of a page in docs. */
export function tableIn(page: string, heading: string): string[][] {
  const text = readFileSync(path.join(__dirname, '../../../docs', page), 'utf8')
  const [, under = ''] = text.split(new RegExp(`^#+ ${heading}$`, 'm'))
  const lines = under.split(/^#+ /m)[0].split('\n')
  const start = lines.findIndex((line) => line.startsWith('|'))
  if (start < 0) return []
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('|'))
  return lines.slice(start + 2, end < 0 ? undefined : end).map(cellsOf)
}

function cellsOf(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())
}
