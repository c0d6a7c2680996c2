import { InvalidFieldError } from '../invalid-field'
import { MAX_PAGE_TEXT_LENGTH } from '../kameleoon-api/limits'
import { EVENT_TYPES, fieldsOf, RESERVED_PARAMETERS } from '../kameleoon-api/wire'
import type { EventContent, EventType, Field, Parameters } from '../kameleoon-api/wire'
import { cut, isBlank, kindOf, own, ownText } from '../values'
import { deviceTypeOf, operatingSystemOf } from './device'
import type { PlannedVisitEvent } from './plan'
import { checkStorable } from './storable'

/** A PAGE event, if the call has the address of a page. Address and title are cut to the length that Kameleoon keeps. */
export function pageView(
  properties: Record<string, unknown> | undefined,
  context: Record<string, unknown> | undefined
): PlannedVisitEvent[] {
  const page = own(context, 'page')
  const href = pageText(properties, 'url') ?? pageText(page, 'url')
  if (href === undefined) return []
  const title = pageText(properties, 'title') ?? pageText(page, 'title')
  const parameters: Parameters<'PAGE'> = title === undefined ? { href } : { href, title }
  return [{ kind: 'event', eventType: 'PAGE', subject: '', parameters }]
}

/** STATICDATA and GEOLOCATION with what the context of an event has. Nothing is guessed from the user agent. */
export function deviceDataEvents(context: Record<string, unknown> = {}): PlannedVisitEvent[] {
  const events: PlannedVisitEvent[] = [
    { kind: 'event', eventType: 'STATICDATA', subject: '', parameters: staticData(context) },
    { kind: 'event', eventType: 'GEOLOCATION', subject: '', parameters: geolocation(context) }
  ]
  return events.filter(({ parameters }) => Object.keys(parameters).length > 0)
}

function staticData(context: Record<string, unknown>): Parameters<'STATICDATA'> {
  const screen = own(context, 'screen')
  return withoutAbsent<Parameters<'STATICDATA'>>({
    deviceType: deviceTypeOf(context),
    os: operatingSystemOf(context),
    screenWidth: pixels(own(screen, 'width')),
    screenHeight: pixels(own(screen, 'height')),
    timeZoneId: ownText(context, 'timezone'),
    localeLanguageTag: ownText(context, 'locale')
  })
}

function geolocation(context: Record<string, unknown>): Parameters<'GEOLOCATION'> {
  const location = own(context, 'location')
  return withoutAbsent<Parameters<'GEOLOCATION'>>({
    country: ownText(location, 'country'),
    region: ownText(location, 'region'),
    city: ownText(location, 'city'),
    postalCode: ownText(location, 'postalCode'),
    latitude: degrees(own(location, 'latitude'), 90),
    longitude: degrees(own(location, 'longitude'), 180)
  })
}

function pageText(values: unknown, name: string): string | undefined {
  const text = own(values, name)
  return typeof text === 'string' ? cut(text, MAX_PAGE_TEXT_LENGTH) || undefined : undefined
}

function pixels(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined
}

function degrees(value: unknown, limit: number): number | undefined {
  return typeof value === 'number' && Math.abs(value) <= limit ? value : undefined
}

/**
 * Removes members that are undefined. They are optional, so the type stays right. The type is given explicitly: only then
 * does the compiler reject a name that the wire table does not have.
 */
function withoutAbsent<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T
}

/**
 * The Data API event that a mapping chooses in place of a conversion. Parameters that the wire table does not have are
 * sent too if JSON can carry them, since Kameleoon's own tables are not public.
 * @param visitEventType one of `EVENT_TYPES`, in any case
 * @param parameters by the names of the Data API
 * @throws InvalidFieldError for an unknown type, a missing parameter or one of the wrong kind
 */
export function mappedVisitEvent(visitEventType: string, parameters: Record<string, unknown> = {}): PlannedVisitEvent {
  const eventType = eventTypeNamed(visitEventType)
  for (const name of RESERVED_PARAMETERS) {
    if (name in parameters) {
      throw new InvalidFieldError(`visitEventParameters.${name}`, 'is set by the destination. Remove it.')
    }
  }
  const checked = { ...parameters }
  for (const [name, field] of fieldsOf(eventType)) {
    const value = checkedParameter(name, field, own(parameters, name))
    if (value !== undefined) checked[name] = value
  }
  checkStorable(checked, 'visitEventParameters')
  // Each field of the type was read by its kind, which the compiler cannot see.
  const content = { eventType, parameters: checked } as EventContent
  return { kind: 'event', subject: JSON.stringify(checked), ...content }
}

function eventTypeNamed(name: string): EventType {
  const upperCase = name.trim().toUpperCase()
  const eventType = EVENT_TYPES.find((one) => one === upperCase)
  if (eventType) return eventType
  throw new InvalidFieldError('visitEventType', `must be one of ${EVENT_TYPES.join(', ')}.`)
}

/** Segment's page for mappings keeps literals as strings, so a string with the JSON of a number or boolean counts as it. */
function checkedParameter(name: string, { kind, isRequired }: Field, value: unknown): unknown {
  if (isBlank(value) && !isRequired) return undefined
  const read = kind.read(typeof value === 'string' && !kind.takesText ? jsonIn(value) : value)
  if (read !== undefined) return read
  throw new InvalidFieldError(`visitEventParameters.${name}`, `must be ${kind.inWords}, but it is ${kindOf(value)}.`)
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
