import { MODE_CHECKS, type Modes } from './modes'
import { isObject } from './values'

/** In a report of `kameleoon-destination probe`, the value of `kind`. */
export const REPORT_KIND = 'kameleoon-probe'

/**
 * The options with which an emulator behaves as a report of `kameleoon-destination probe` says. Questions without an answer
 * set nothing, so that there the defaults apply.
 *
 * @example
 * const emulator = await startEmulator(likeReport(JSON.parse(readFileSync('kameleoon-probe.json', 'utf8'))))
 *
 * @param report the parsed JSON report
 * @throws Error that says what is wrong with the report
 */
export function likeReport(report: unknown): Partial<Modes> {
  if (!isObject(report) || report.kind !== REPORT_KIND || !Array.isArray(report.questions)) {
    throw new Error(
      'This is no report of kameleoon-destination probe: it has no kind "kameleoon-probe" or no questions'
    )
  }
  return report.questions.reduce<Partial<Modes>>((all, question) => ({ ...all, ...modesIn(question) }), {})
}

function modesIn(question: unknown): Partial<Modes> {
  const { mode = {} }: Record<string, unknown> = isObject(question) ? question : {}
  if (!isObject(mode))
    throw new Error(`A question of the report has the mode ${JSON.stringify(mode)}, which is no object`)
  const checks = new Map<string, (value: unknown) => boolean>(Object.entries(MODE_CHECKS))
  const wrong = Object.entries(mode).find(([name, value]) => !checks.get(name)?.(value))
  if (wrong)
    throw new Error(
      `The report has the mode ${wrong[0]} = ${JSON.stringify(wrong[1])}, which this emulator does not know`
    )
  // Every member was checked against the table of the modes.
  return mode
}
