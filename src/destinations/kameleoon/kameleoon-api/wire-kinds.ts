import { cut, isRecord } from '../values'
import { MAX_CUSTOM_DATA_LENGTH, MAX_PAGE_TEXT_LENGTH } from './limits'

/** A kind of value on the wire, and how a value of a mapping is read as one. */
export interface Kind<T> {
  /** What the value must be. Completes the sentence "must be …". */
  inWords: string
  /** Whether a string stands for itself. In all other kinds the JSON in it counts, since mappings hold literals as strings. */
  takesText: boolean
  /** The value to send, or undefined for one that Kameleoon would discard. */
  read(value: unknown): T | undefined
}

export type DeviceType = 'PHONE' | 'TABLET' | 'DESKTOP'

/** An id, index or count. */
export const wholeNumber = json('a whole number', isWholeNumber)

export const finiteNumber = json('a number', isNumber)

/** An amount of money in the currency of the project. `negative` says that it is taken back. */
export const amount = json('a number from 0', (value): value is number => isNumber(value) && value >= 0)

export const flag = json('a boolean', (value): value is boolean => typeof value === 'boolean')

export const text = string('a string', (value): value is string => typeof value === 'string')

export const deviceType = string('PHONE, TABLET or DESKTOP', (value): value is DeviceType =>
  ['PHONE', 'TABLET', 'DESKTOP'].some((one) => one === value)
)

export type OperatingSystem = 'WINDOWS' | 'MAC' | 'IOS' | 'LINUX' | 'ANDROID' | 'WINDOWS_PHONE'

const OPERATING_SYSTEMS: readonly OperatingSystem[] = ['WINDOWS', 'MAC', 'IOS', 'LINUX', 'ANDROID', 'WINDOWS_PHONE']

export const operatingSystem = string(`one of ${OPERATING_SYSTEMS.join(', ')}`, (value): value is OperatingSystem =>
  OPERATING_SYSTEMS.some((one) => one === value)
)

export const version = string(
  'a string or a number',
  (value): value is string | number => typeof value === 'string' || isNumber(value)
)

/** An address or a title, cut to the length that Kameleoon keeps. */
export const pageText: Kind<string> = {
  inWords: 'a string that is not blank',
  takesText: true,
  read: (value) => (typeof value === 'string' ? keptPageText(value) : undefined)
}

export const indices = json(
  'a list of whole numbers',
  (value): value is number[] => Array.isArray(value) && value.every(isWholeNumber)
)

/** Indices of key pages. Kameleoon's browser script sends `[null]` for a page that is none. */
export const keyPageIndices = json(
  'a list of whole numbers or [null]',
  (value): value is number[] | [null] =>
    Array.isArray(value) && (value.every(isWholeNumber) || (value.length === 1 && value[0] === null))
)

export const record = json('an object', isRecord)

/** Values of a custom data, each with its count. */
export const valueCounts = json(
  `an object of values with their counts, each value of at most ${MAX_CUSTOM_DATA_LENGTH} characters`,
  (value): value is Record<string, number> => {
    if (!isRecord(value)) return false
    const entries = Object.entries(value)
    return (
      entries.length > 0 &&
      entries.every(([name, count]) => name.length <= MAX_CUSTOM_DATA_LENGTH && isWholeNumber(count) && count > 0)
    )
  }
)

/** Custom data attached to a conversion: index to values. */
export const metadata = json(
  'an object of custom data indices with lists of strings',
  (value): value is Record<string, string[]> =>
    isRecord(value) && Object.entries(value).every(([index, list]) => /^(0|[1-9]\d*)$/.test(index) && isTexts(list))
)

function json<T>(inWords: string, isFit: (value: unknown) => value is T): Kind<T> {
  return { inWords, takesText: false, read: (value) => (isFit(value) ? value : undefined) }
}

function string<T>(inWords: string, isFit: (value: unknown) => value is T): Kind<T> {
  return { ...json(inWords, isFit), takesText: true }
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && !Object.is(value, -0)
}

function isWholeNumber(value: unknown): value is number {
  return isNumber(value) && Number.isSafeInteger(value) && value >= 0
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}

/** Halves of surrogate pairs in a text that is short enough stay, so that they are rejected and not silently lost. */
function keptPageText(value: string): string | undefined {
  const kept = value.trim()
  if (kept === '') return undefined
  return kept.length > MAX_PAGE_TEXT_LENGTH ? cut(kept, MAX_PAGE_TEXT_LENGTH) : kept
}
