import { get } from '@segment/actions-core'
import type { Resolve } from './compiled'

/** Where the framework's `get` divides a path: at dots, and at brackets around a number or around a quoted name. */
const SEPARATOR = /\[(?="|'|\d)|\.|(?<="|'|\d)]+/g

/** Reads the value at a path as the framework's `get` does; the path is divided only once. */
export function readerOf(path: string): Resolve {
  if (path === '' || path === '.') return (data) => data
  const keys = path
    .split(SEPARATOR)
    .filter((part) => part !== '')
    .map((part) => part.replace(/'|"/g, ''))
  if (keys.length === 1) return readerOfOne(keys[0])
  return keys.length === 2 ? readerOfTwo(keys[0], keys[1]) : readerOfMany(keys)
}

/** A path of a mapping: the first `$.` in it stands for the data. */
export function mappingReaderOf(path: string): Resolve {
  return readerOf(path.replace('$.', ''))
}

/** The same for a path that is known only when the data is there. */
export function readAt(data: unknown, path: string): unknown {
  return get(data, path.replace('$.', ''))
}

function readerOfOne(key: string): Resolve {
  return (data) => member(data, key)
}

function readerOfTwo(first: string, second: string): Resolve {
  return (data) => member(member(data, first), second)
}

function readerOfMany(keys: string[]): Resolve {
  return (data) => keys.reduce(member, data)
}

/** A value that is empty in JavaScript's sense, such as 0 or an empty text, is the result of the whole path. */
function member(value: unknown, key: string): unknown {
  // Everything that is left has members, of its own or of its prototype.
  return value && (value as Record<string, unknown>)[key]
}
