import { MAX_CUSTOM_DATA_LENGTH, MAX_PAGE_TEXT_LENGTH } from '../kameleoon-api/limits'
import { cut } from '../values'

/** How the value of a Data API parameter is read. */
interface Kind {
  /** What it must be, for the error. */
  inWords: string
  /** Whether a string means itself and not the JSON in it. */
  takesText?: boolean
  /** The value to send, or nothing for one that Kameleoon would discard. */
  read(value: unknown): unknown
}

const DEVICE_TYPES: unknown[] = ['PHONE', 'TABLET', 'DESKTOP']

const kinds = {
  'whole number': { inWords: 'a whole number', read: when(isWholeNumber) },
  number: { inWords: 'a number', read: when(isNumber) },
  amount: { inWords: 'a number from 0', read: when((value) => isNumber(value) && value >= 0) },
  boolean: { inWords: 'a boolean', read: when((value) => typeof value === 'boolean') },
  string: { inWords: 'a string', takesText: true, read: when((value) => typeof value === 'string') },
  'device type': {
    inWords: 'PHONE, TABLET or DESKTOP',
    takesText: true,
    read: when((value) => DEVICE_TYPES.includes(value))
  },
  'page text': {
    inWords: 'a string that is not blank',
    takesText: true,
    read: (value) => (typeof value === 'string' ? textOfPage(value) : undefined)
  },
  indices: {
    inWords: 'a list of whole numbers',
    read: when((value) => Array.isArray(value) && value.every(isWholeNumber))
  },
  'page indices': {
    inWords: 'a list of whole numbers or [null]',
    read: when((value) => Array.isArray(value) && (value.every(isWholeNumber) || isOnlyNull(value)))
  },
  version: {
    inWords: 'a string or a number',
    takesText: true,
    read: when((value) => typeof value === 'string' || isNumber(value))
  },
  object: { inWords: 'an object', read: when(isObject) },
  counts: {
    inWords: `an object of values with their counts, at most ${MAX_CUSTOM_DATA_LENGTH} characters together`,
    read: when(isCounts)
  },
  metadata: { inWords: 'an object of custom data indices with lists of strings', read: when(isMetadata) }
} satisfies Record<string, Kind>

export type ParameterKind = keyof typeof kinds

export const PARAMETER_KINDS: Record<ParameterKind, Kind> = kinds

function when(isFit: (value: unknown) => boolean) {
  return (value: unknown): unknown => (isFit(value) ? value : undefined)
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && !Object.is(value, -0)
}

function isWholeNumber(value: unknown): boolean {
  return isNumber(value) && Number.isSafeInteger(value) && value >= 0
}

/** Cut to what Kameleoon keeps; half characters stay, so that they are rejected and not silently lost. */
function textOfPage(text: string): string | undefined {
  const kept = text.trim()
  if (kept === '') return undefined
  return kept.length > MAX_PAGE_TEXT_LENGTH ? cut(kept, MAX_PAGE_TEXT_LENGTH) : kept
}

function isCounts(value: unknown): boolean {
  if (!isObject(value)) return false
  const values = Object.keys(value)
  const length = values.reduce((sum, text) => sum + text.length, 0)
  return values.length > 0 && length <= MAX_CUSTOM_DATA_LENGTH && Object.values(value).every(isCount)
}

function isCount(value: unknown): boolean {
  return isWholeNumber(value) && value !== 0
}

function isMetadata(value: unknown): boolean {
  return (
    isObject(value) && Object.entries(value).every(([index, list]) => /^(0|[1-9]\d*)$/.test(index) && isTexts(list))
  )
}

function isOnlyNull(list: unknown[]): boolean {
  return list.length === 1 && list[0] === null
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((text) => typeof text === 'string')
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
