import { InvalidFieldError, optionalFlag } from '../invalid-field'
import { isBlank, kindOf, own } from '../values'
import type { EventKind } from './event-names'
import type { ConversionParameters } from './plan'

export interface RevenueFields {
  /** An amount as a number or as text. Absent: the total of an order, see `amountOf`. */
  revenue?: unknown
  /** Whether the amount is taken back. Default: see `amountOf`. */
  negative?: unknown
  properties?: Record<string, unknown>
}

/** The amount of a conversion as Kameleoon reads it: `revenue` is never below zero, `negative` marks what is taken back. */
export type Amount = Omit<ConversionParameters, 'metadata'>

/**
 * The amount of a conversion, 0 where the event has none. An order event without `revenue` has its `total`; the total of any
 * other event, such as a search or a quiz, is no money. It is taken back if the mapping says so, if the amount is below
 * zero, or, where the mapping says nothing, for refunds and cancellations of orders.
 * @throws InvalidFieldError for an amount that cannot be read, or that can be read in two ways
 */
export function amountOf({ revenue, negative, properties }: RevenueFields, kind: EventKind): Amount {
  const isTakenBack = optionalFlag(negative, 'negative') ?? kind === 'order taken back'
  const isOrder = kind === 'order' || kind === 'order taken back'
  const fromOrder = isOrder && isBlank(revenue) && isBlank(own(properties, 'revenue'))
  const field = fromOrder ? 'properties.total' : 'revenue'
  if (!fromOrder) rejectCoerced(revenue, own(properties, 'revenue'))
  const amount = numberIn(fromOrder ? own(properties, 'total') : revenue, field)
  return { revenue: Math.abs(amount), negative: amount < 0 || isTakenBack }
}

/** The framework turns `true` into "true" and `[5]` into "5" before the action runs; the properties still have the original. */
function rejectCoerced(revenue: unknown, source: unknown): void {
  const isCoerced = typeof source === 'boolean' || Array.isArray(source)
  if (isCoerced && String(source) === String(revenue)) throw unreadable('properties.revenue', source)
}

function numberIn(value: unknown, field: string): number {
  if (isBlank(value)) return 0
  const number = typeof value === 'string' ? numberInText(value, field) : value
  if (typeof number !== 'number' || !Number.isFinite(number)) throw unreadable(field, value)
  // Zero has no sign as an amount.
  return number === 0 ? 0 : number
}

const PLAIN = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i

/** An amount with a currency, as a sign such as € or a code such as EUR, and a minus on either side of it. */
const CURRENCY = '(?:\\p{Sc}|[A-Z]{1,2}\\p{Sc}|[A-Z]{3})?'
const WRITTEN = new RegExp(`^([-−+]?)\\s*${CURRENCY}\\s*([-−+]?)([.,]?\\d[\\d.,'’\\s]*)${CURRENCY}\\s*([-−]?)$`, 'u')

/** Spaces and apostrophes only ever group thousands. */
const GROUPING = /(\d)[\s'’](?=\d{3}(\D|$))/g

const FORMS = [
  { form: /^\d*\.?\d+$/, thousands: '', decimal: '.' },
  { form: /^[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/, thousands: ',', decimal: '.' },
  { form: /^[1-9]\d{0,2}(\.\d{3})+(,\d+)?$/, thousands: '.', decimal: ',' },
  { form: /^\d*,\d+$/, thousands: '.', decimal: ',' }
]

/**
 * Reads an amount that stands as text. `12.50`, `$12`, `1,299.00`, `1.299,00` and `12,50` can be read in one way only;
 * `1,299` is 1299 in one country and 1.299 in another.
 */
function numberInText(text: string, field: string): number {
  const trimmed = text.trim()
  if (PLAIN.test(trimmed)) return Number(trimmed)
  const inBrackets = /^\((.*)\)$/.exec(trimmed)
  const written = WRITTEN.exec(inBrackets ? inBrackets[1] : trimmed)
  if (!written) throw unreadable(field, text)
  const [, before, within, amount, after] = written
  const digits = amount.trim().replace(GROUPING, '$1')
  if (/^[1-9]\d{0,2}[.,]\d{3}$/.test(digits)) throw ambiguous(field, text, digits)
  const known = FORMS.find(({ form }) => form.test(digits))
  if (!known) throw unreadable(field, text)
  const number = Number(digits.split(known.thousands).join('').replace(known.decimal, '.'))
  const isNegative = !!inBrackets || [before, within, after].some((sign) => sign === '-' || sign === '−')
  return isNegative ? -number : number
}

function ambiguous(field: string, text: string, digits: string): InvalidFieldError {
  const readings = `${digits.replace(/[.,]/, '')} and as ${digits.replace(',', '.')}`
  return new InvalidFieldError(
    field,
    `is the string "${shown(text)}", which can be read as ${readings}. Send a number.`
  )
}

function unreadable(field: string, value: unknown): InvalidFieldError {
  const seen = typeof value === 'string' ? `the string "${shown(value)}"` : kindOf(value)
  return new InvalidFieldError(field, `must be a number or an amount such as 12.50, but it is ${seen}.`)
}

function shown(text: string): string {
  return text.trim().slice(0, 40)
}
