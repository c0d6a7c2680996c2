import type { Deletion } from '../segment-host'
import type { Colours } from './context'
import { fitted, plainText, tableText, wrapped } from './text'

/** Columns that everything beside the names of fields takes. */
const OTHER_COLUMNS = 30
const LEAST_COLUMNS = 12

/** What a deletion did, and what to do when it is not complete. */
export function deletionText(deletion: Deletion, target: string, colours: Colours, width: number): string {
  const { visitors, keys, failure } = deletion
  const isBegun = visitors.some(({ isForgotten }) => isForgotten) || keys.some(({ isEmptied }) => isEmptied)
  const title =
    failure === null ? colours.green('Deleted') : colours.red(isBegun ? 'Not completely deleted' : 'Not deleted')
  const parts = [
    `${colours.bold(title)} in ${target}`,
    visitors.length === 0 ? '' : visitorsTable(visitors, colours),
    keys.length === 0 ? '' : keysTable(keys, colours, width),
    failure === null ? LATER : failureText(failure, width)
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

/** The page says so: https://docs.kameleoon.com/api-reference/visit/remove-data-for-several-visitors */
const LATER = 'Kameleoon forgets visits after its answer, so they can be seen for a while.'

function visitorsTable(visitors: Deletion['visitors'], colours: Colours): string {
  const rows = visitors.map(({ visitorCode, isForgotten }) => [
    plainText(visitorCode),
    isForgotten ? colours.green('asked to forget') : colours.red('not taken')
  ])
  return tableText(['Visitor', 'Kameleoon'].map(colours.bold), rows, [])
}

function keysTable(keys: Deletion['keys'], colours: Colours, width: number): string {
  const longest = Math.max(...keys.map(({ key }) => key.length))
  const room = Math.max(width - longest - OTHER_COLUMNS, LEAST_COLUMNS)
  const rows = keys.map(({ key, fields, isEmptied }) => [
    plainText(key),
    isEmptied ? colours.green('emptied') : colours.red('not emptied'),
    fitted(plainText(fields.join(', ')), room) || colours.dim('nothing')
  ])
  return tableText(['Stored under', 'State', 'What was there'].map(colours.bold), rows, [])
}

function failureText({ message, isRetryable }: NonNullable<Deletion['failure']>, width: number): string {
  const wayOut = isRetryable
    ? 'Delete again with the same command, in a moment: what is done stays done, and the rest follows.'
    : 'Correct this first, then delete again with the same command: what is done stays done.'
  return [wrapped('', plainText(message), width), wrapped('', wayOut, width)].join('\n')
}
