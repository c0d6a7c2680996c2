import { MAX_PAGE_TEXT_LENGTH } from '../kameleoon-api/limits'
import type { Parameters } from '../kameleoon-api/wire'
import type { DeviceType } from '../kameleoon-api/wire-kinds'
import { cut, own, ownText } from '../values'
import type { PlannedEvent } from './plan'

/** Segment's device types, in lower case, and what they are for Kameleoon. */
const DEVICE_TYPES = new Map<string, DeviceType>([
  ['ios', 'PHONE'],
  ['android', 'PHONE'],
  ['phone', 'PHONE'],
  ['mobile', 'PHONE'],
  ['tablet', 'TABLET'],
  ['desktop', 'DESKTOP']
])

/** A PAGE event, if the call has the address of a page. Address and title are cut to the length that Kameleoon keeps. */
export function pageView(
  properties: Record<string, unknown> | undefined,
  context: Record<string, unknown> | undefined
): PlannedEvent[] {
  const page = own(context, 'page')
  const href = pageText(properties, 'url') ?? pageText(page, 'url')
  if (href === undefined) return []
  const title = pageText(properties, 'title') ?? pageText(page, 'title')
  const parameters: Parameters<'PAGE'> = title === undefined ? { href } : { href, title }
  return [{ kind: 'event', eventType: 'PAGE', subject: '', parameters }]
}

/** STATICDATA and GEOLOCATION with what the context of an event has. Nothing is guessed from the user agent. */
export function deviceDataEvents(context: Record<string, unknown> = {}): PlannedEvent[] {
  const events: PlannedEvent[] = [
    { kind: 'event', eventType: 'STATICDATA', subject: '', parameters: staticData(context) },
    { kind: 'event', eventType: 'GEOLOCATION', subject: '', parameters: geolocation(context) }
  ]
  return events.filter(({ parameters }) => Object.keys(parameters).length > 0)
}

function staticData(context: Record<string, unknown>): Parameters<'STATICDATA'> {
  const screen = own(context, 'screen')
  return withoutAbsent<Parameters<'STATICDATA'>>({
    deviceType: deviceType(ownText(own(context, 'device'), 'type')),
    os: ownText(own(context, 'os'), 'name'),
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

function deviceType(type: string | undefined): DeviceType | undefined {
  return type === undefined ? undefined : DEVICE_TYPES.get(type.toLowerCase())
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
