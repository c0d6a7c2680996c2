import { wrapped } from '../../text'
import { QUESTIONS } from './questions'

/** What `probe --yes` would do, for a terminal of this width. */
export function planText(folder: string, width: number): string {
  const questions = QUESTIONS.flatMap(({ asked, requests }) => [
    wrapped('- ', asked, width),
    ...(requests.length === 0 ? [] : [wrapped('    ', requests.join('; '), width)])
  ])
  const notes = [
    'About 60 requests are made, three a second at most; no limit is provoked. It takes a minute, or a few where Kameleoon is slow.',
    'It creates one test visitor with page views, conversions and one value of the first custom data of the project; maps under keys that begin with KAMELEOON_DESTINATION_PROBE_ and live for an hour; and three goals whose names end with "(delete me)".',
    'Afterwards, also after a failure or Ctrl-C, it has the visitor forgotten, empties the maps and archives the goals.',
    `The report, without secrets, is written to the folder ${folder}.`
  ]
  return [
    'The probe asks Kameleoon these questions:',
    '',
    ...questions,
    '',
    ...notes.map((note) => wrapped('', note, width)),
    '',
    'Nothing was sent. Add --yes to do it.',
    ''
  ].join('\n')
}
