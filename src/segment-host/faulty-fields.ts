import type { Problem } from '../workbench/contract'
import { messageOf } from '.'

/** What is wrong with one member of data; `path` as in `$.apiKey`, and `$` for the whole. */
interface Fault {
  path: string
  message: string
}

/** The fields of data that does not fit its schema, with what is wrong; nothing for errors of other kinds. */
export function faultyFields(error: unknown): Record<string, string> | undefined {
  if (!isFaultList(error)) return undefined
  return Object.fromEntries([...error].map(({ path, message }) => [path.replace('$.', ''), message]))
}

/**
 * The same as problems with `<root>.<field>`, and errors of other kinds as one with `<root>`. A member that is missing stands
 * under its own name, not under that of the object that lacks it.
 */
export function problemsIn(error: unknown, root: string): Problem[] {
  if (!isFaultList(error)) return [{ field: root, message: messageOf(error) }]
  return [...error].map(({ path, message }) => ({ field: fieldOf(path, message, root), message }))
}

/** The error class is no export of the framework. */
function isFaultList(error: unknown): error is Iterable<Fault> {
  return typeof error === 'object' && error !== null && Reflect.get(error, 'name') === 'AggregateAjvError'
}

function fieldOf(path: string, message: string, root: string): string {
  const missing = /missing the required field '([^']+)'/.exec(message)?.[1]
  return [path.replace('$', root), missing].filter(Boolean).join('.')
}
