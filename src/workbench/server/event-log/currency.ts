import { memberOf, textOf } from '../../../segment-host'

const CODE = /^[a-z]{3}$/i

/**
 * The currency that the properties of an event name, in capitals; null when they name none.
 * https://segment.com/docs/connections/spec/ecommerce/v2/ names it by its ISO 4217 code.
 */
export function currencyIn(event: unknown): string | null {
  const currency = textOf(memberOf(memberOf(event, 'properties'), 'currency'))?.trim() ?? ''
  return CODE.test(currency) ? currency.toUpperCase() : null
}
