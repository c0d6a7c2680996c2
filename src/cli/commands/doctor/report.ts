import type { Colours } from '../../context'
import { counted, plainText, wrapped } from '../../text'
import { countsOf, type Line, type LineState } from './line'

/** The report of the doctor. It has no secrets. */
export interface DoctorReport {
  /** What was looked at. */
  examined: string
  /** What to know about that; empty for a real project. */
  note: string
  lines: Line[]
}

/** A trouble ends with this code. */
export const TROUBLE_CODE = 1

export function exitCodeOf({ lines }: DoctorReport): number {
  return countsOf(lines).trouble > 0 ? TROUBLE_CODE : 0
}

/** The report for scripts. */
export function reportJson(report: DoctorReport): string {
  const { lines, ...head } = report
  return `${JSON.stringify({ ...head, counts: countsOf(lines), exitCode: exitCodeOf(report), lines }, null, 2)}\n`
}

/** The report for a terminal: each line with its state, what was seen, and under it what to do. */
export function reportText({ examined, note, lines }: DoctorReport, colours: Colours, width: number): string {
  const head = [`Looking at ${examined}. Nothing is written.`, note].filter((text) => text !== '')
  const subjectWidth = Math.max(...lines.map(({ subject }) => subject.length))
  return [
    ...head.map((text) => wrapped('', text, width)),
    '',
    ...lines.map((line) => lineText(line, colours, subjectWidth, width)),
    '',
    summaryText(lines, colours),
    ''
  ].join('\n')
}

const STATE_WIDTH = 'warning'.length

function lineText(
  { state, subject, seen, whatToDo }: Line,
  colours: Colours,
  subjectWidth: number,
  width: number
): string {
  const start = `${state.padEnd(STATE_WIDTH)}  ${subject.padEnd(subjectWidth)}  `
  const indent = ' '.repeat(start.length)
  const text = wrapped(start, plainText(seen), width)
  const coloured = colourOf(state, colours)(text.slice(0, STATE_WIDTH)) + text.slice(STATE_WIDTH)
  return whatToDo === null ? coloured : `${coloured}\n${wrapped(`${indent}> `, plainText(whatToDo), width)}`
}

function colourOf(state: LineState, colours: Colours): (text: string) => string {
  return { ok: colours.green, warning: colours.yellow, trouble: colours.red, unknown: colours.cyan }[state]
}

function summaryText(lines: readonly Line[], colours: Colours): string {
  const counts = countsOf(lines)
  if (counts.trouble === 0 && counts.warning === 0 && counts.unknown === 0) return colours.green('Nothing is wrong.')
  const parts = [counted(counts.trouble, 'trouble'), counted(counts.warning, 'warning'), `${counts.unknown} unknown`]
  return `${parts.join(', ')}.`
}
