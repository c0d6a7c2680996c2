import { InvalidFieldError } from '../invalid-field'
import { kindOf, own } from '../values'
import { PARAMETER_KINDS } from './parameter-kinds'
import type { ParameterKind } from './parameter-kinds'
import { checkStorable } from './storable'
import type { PlannedEvent } from './plan'

/**
 * Data API events that a mapping may send in place of a conversion, with the parameters whose kind is known; `!` marks a
 * required one. Kameleoon's tables per event are not public, so further parameters pass if JSON can carry them.
 * https://docs.kameleoon.com/api-reference/visit/send-visitor-events
 */
const PARAMETERS: Record<string, Record<string, ParameterKind | `${ParameterKind}!`>> = {
  ACTIVITY: {},
  CONVERSION: { goalId: 'whole number!', revenue: 'amount', negative: 'boolean', metadata: 'metadata' },
  CUSTOMDATA: { index: 'whole number!', valuesCountMap: 'counts!', overwrite: 'boolean', mappingIdentifier: 'boolean' },
  EXPERIMENT: { id: 'whole number!', variationId: 'whole number!' },
  GEOLOCATION: {
    country: 'string',
    region: 'string',
    city: 'string',
    postalCode: 'string',
    latitude: 'number',
    longitude: 'number'
  },
  PAGE: {
    href: 'page text!',
    title: 'page text',
    referrersIndices: 'indices',
    keyPagesIndices: 'page indices',
    canonicalHref: 'string',
    referrerHref: 'string'
  },
  PERSONALIZATION: { id: 'whole number!', variationId: 'whole number!', unexpositionCause: 'string' },
  STATICDATA: {
    deviceType: 'device type',
    browser: 'string',
    browserIndex: 'whole number',
    browserVersion: 'version',
    os: 'string',
    osIndex: 'whole number',
    visitNumber: 'whole number',
    timeSincePreviousVisit: 'whole number',
    screenWidth: 'whole number',
    screenHeight: 'whole number',
    windowWidth: 'whole number',
    windowHeight: 'whole number',
    timeZoneId: 'string',
    localeLanguageTag: 'string',
    experimentInfluences: 'object',
    personalizationInfluences: 'object'
  },
  TARGETINGSEGMENT: { id: 'whole number!' }
}

export const VISIT_EVENT_TYPES = Object.keys(PARAMETERS)

/** Set by the destination itself, from the visitor and the message. */
const RESERVED = ['eventType', 'visitorCode', 'nonce', 'userAgent', 'mappingValue']

/**
 * The Data API event that a mapping asks for.
 * @throws InvalidFieldError for an unknown type, a missing parameter or one of the wrong kind
 */
export function mappedVisitEvent(visitEventType: string, parameters: Record<string, unknown> = {}): PlannedEvent {
  const eventType = visitEventType.trim().toUpperCase()
  if (!VISIT_EVENT_TYPES.includes(eventType)) {
    throw new InvalidFieldError('visitEventType', `must be one of ${VISIT_EVENT_TYPES.join(', ')}.`)
  }
  for (const name of RESERVED) {
    if (name in parameters) {
      throw new InvalidFieldError(`visitEventParameters.${name}`, 'is set by the destination. Remove it.')
    }
  }
  const checked = { ...parameters }
  for (const [name, rule] of Object.entries(PARAMETERS[eventType])) {
    const value = checkedParameter(name, rule, own(parameters, name))
    if (value !== undefined) checked[name] = value
  }
  checkStorable(checked, 'visitEventParameters')
  return { kind: 'event', eventType, subject: JSON.stringify(checked), parameters: checked }
}

/** Segment's page for mappings writes literals as strings, so strings that say a number or a boolean count as such. */
function checkedParameter(name: string, rule: string, value: unknown): unknown {
  const kind = PARAMETER_KINDS[rule.replace('!', '') as ParameterKind]
  if (value === undefined && !rule.endsWith('!')) return undefined
  const meant = kind.read(typeof value === 'string' && !kind.takesText ? literal(value) : value)
  if (meant !== undefined) return meant
  throw new InvalidFieldError(`visitEventParameters.${name}`, `must be ${kind.inWords}, but it is ${kindOf(value)}.`)
}

function literal(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
