import { InvalidFieldError, kindOf } from '../errors'
import { own } from '../own'

/** Segment's own name for an order taken back. https://segment.com/docs/connections/spec/ecommerce/v2/#order-refunded */
const REFUND_EVENT = 'Order Refunded'

export interface RevenueFields {
  event?: string
  revenue?: number
  negative?: boolean
  properties?: Record<string, unknown>
}

/**
 * Amount of a conversion, 0 without revenue. It is taken back if the mapping says so, if the amount is below zero, or,
 * where the mapping says nothing, for Segment's `Order Refunded`.
 * @throws InvalidFieldError for an amount that is not a finite number or is negative zero
 */
export function revenueOf({ event, revenue = 0, negative, properties }: RevenueFields): {
  revenue: number
  negative: boolean
} {
  if (typeof revenue !== 'number' || !Number.isFinite(revenue)) {
    throw new InvalidFieldError('revenue', `must be a number, but it is ${kindOf(revenue)}.`)
  }
  rejectCoerced(revenue, properties)
  if (Object.is(revenue, -0)) {
    throw new InvalidFieldError('revenue', 'is negative zero (-0): send 0, or a refund with its amount.')
  }
  return { revenue: Math.abs(revenue), negative: revenue < 0 || (negative ?? event === REFUND_EVENT) }
}

/** The framework makes 1 of `true` and 5 of `[5]` before an action sees them; their source in the event still tells. */
function rejectCoerced(revenue: number, properties: unknown): void {
  for (const name of ['revenue', 'total']) {
    const source = own(properties, name)
    const isCoerced = typeof source === 'boolean' || Array.isArray(source)
    if (isCoerced && Number(source) === revenue) {
      throw new InvalidFieldError(`properties.${name}`, `must be a number, but it is ${kindOf(source)}.`)
    }
    if (source !== undefined && source !== null) return
  }
}
