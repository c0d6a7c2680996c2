import { memberOf, messageOf } from '../segment-host'

/** The content was read, and has no form that is known. The message says what is there instead. */
export class FormError extends Error {
  readonly name = 'FormError'
}

const ACCEPTED =
  'Accepted are one event a line (NDJSON), a JSON array of events, a Tracking API body {"batch": [...]}, and single events, in UTF-8, plain or gzip.'

/** Why the file cannot be read, for the user. `file` is its name as shown. */
export function cannotRead(file: string, error: unknown): string {
  if (!(error instanceof FormError)) return `Cannot read ${file}: ${reasonOf(error)}`
  return `Cannot read events from ${file}: ${error.message.replace(/\.$/, '')}. ${ACCEPTED}`
}

/** https://nodejs.org/api/errors.html#common-system-errors */
const REASONS = new Map<unknown, string>([
  ['ENOENT', 'there is no such file'],
  ['ENOTDIR', 'there is no such file'],
  ['EISDIR', 'it is a directory'],
  ['EACCES', 'there is no permission to read it'],
  ['EPERM', 'there is no permission to read it'],
  ['EMFILE', 'too many files are open']
])

function reasonOf(error: unknown): string {
  return REASONS.get(memberOf(error, 'code')) ?? messageOf(error)
}
