import { isObject, isText } from '../values'

/** The kind of value of a field. `expected` completes the sentence "expected ...". */
export interface Kind {
  expected: string
  accepts: (value: unknown) => boolean
  /** In the line form, text is sent as it is and everything else as JSON. */
  isText?: boolean
}

const isIndex = (text: string): boolean => /^(0|[1-9]\d*)$/.test(text)
/** Ids, indices, counts and sizes are never negative. */
const isWholeNumber = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0
const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value)

export const KINDS = {
  text: { expected: 'text', accepts: isText, isText: true },
  address: {
    expected: 'text that is not empty',
    accepts: (value) => isText(value) && value.trim() !== '',
    isText: true
  },
  deviceType: {
    expected: 'PHONE, TABLET or DESKTOP',
    accepts: (value) => isText(value) && ['PHONE', 'TABLET', 'DESKTOP'].includes(value),
    isText: true
  },
  /** Kameleoon's own words. https://github.com/Kameleoon/client-go */
  operatingSystem: {
    expected: 'WINDOWS, MAC, IOS, LINUX, ANDROID or WINDOWS_PHONE',
    accepts: (value) => isText(value) && ['WINDOWS', 'MAC', 'IOS', 'LINUX', 'ANDROID', 'WINDOWS_PHONE'].includes(value),
    isText: true
  },
  version: { expected: 'text or a number', accepts: (value) => isText(value) || isNumber(value), isText: true },
  integer: { expected: 'an integer of at least 0', accepts: isWholeNumber },
  number: { expected: 'a finite number', accepts: isNumber },
  amount: { expected: 'a finite number of at least 0', accepts: (value) => isNumber(value) && Number(value) >= 0 },
  boolean: { expected: 'true or false', accepts: (value) => typeof value === 'boolean' },
  integers: {
    expected: 'an array of integers of at least 0',
    accepts: (value) => Array.isArray(value) && value.every(isWholeNumber)
  },
  pageIndices: {
    expected: 'an array of integers of at least 0, or [null]',
    accepts: (value) =>
      Array.isArray(value) && (value.every(isWholeNumber) || (value.length === 1 && value[0] === null))
  },
  object: { expected: 'an object', accepts: isObject },
  metadata: {
    expected: 'an object of custom data index to an array of texts',
    accepts: (value) =>
      isObject(value) &&
      Object.entries(value).every(([index, texts]) => isIndex(index) && Array.isArray(texts) && texts.every(isText))
  },
  counts: {
    expected: 'an object of value to a count of at least 1',
    // Without a value it clears the custom data, as Kameleoon's browser script does.
    accepts: (value) => isObject(value) && Object.values(value).every((count) => isWholeNumber(count) && count !== 0)
  }
} satisfies Record<string, Kind>

export type KindName = keyof typeof KINDS

/** The kind with this name. */
export function kindNamed(name: KindName): Kind {
  return KINDS[name]
}
