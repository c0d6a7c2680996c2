import { join } from 'path'
import type { Colours } from '../../context'
import { counted, plainText, wrapped } from '../../text'
import type { Report } from './report'

/** What was found out, for a terminal: a question with its answer, then what was cleaned up and where the report is. */
export function endText(report: Report, folder: string, colours: Colours, width: number): string {
  const { questions, cleanUp, troubles, requestCount } = report
  const colourOf = { seen: colours.green, 'not seen': colours.yellow, 'could not tell': colours.dim }
  const answers = questions.flatMap(({ asked, answer, found }) => [
    `${colourOf[answer](answer.padEnd(15))} ${asked}`,
    colours.dim(wrapped(' '.repeat(16), plainText(found), width))
  ])
  return [
    ...['', ...answers, ''],
    ...troubles.map((trouble) => wrapped(colours.red('trouble         '), plainText(trouble), width)),
    ...cleanUp.map(({ what, state, detail }) => {
      const shown = state === 'left' ? colours.red(state) : state
      return wrapped('', `${what}: ${shown}. ${plainText(detail)}`, width)
    }),
    ...['', `${counted(requestCount, 'request')}. The report is in ${join(folder, 'kameleoon-probe.md')} and, for`],
    ...['`emulate --like`, in ' + join(folder, 'kameleoon-probe.json'), '']
  ].join('\n')
}
