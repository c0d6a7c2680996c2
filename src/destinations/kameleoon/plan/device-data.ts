import type { Geolocation, StaticData } from '../kameleoon-api/visit-events'
import { own, ownText } from '../own'
import type { PlannedEvent } from './plan'

const DEVICE_TYPES = new Map<string, StaticData['deviceType']>([
  ['ios', 'PHONE'],
  ['android', 'PHONE'],
  ['phone', 'PHONE'],
  ['mobile', 'PHONE'],
  ['tablet', 'TABLET'],
  ['desktop', 'DESKTOP']
])

/** STATICDATA and GEOLOCATION as far as the event's context tells; nothing is guessed from the user agent. */
export function deviceDataEvents(context: Record<string, unknown> = {}): PlannedEvent[] {
  const events: PlannedEvent[] = [
    { kind: 'event', eventType: 'STATICDATA', subject: '', parameters: staticData(context) },
    { kind: 'event', eventType: 'GEOLOCATION', subject: '', parameters: geolocation(context) }
  ]
  return events.filter(({ parameters }) => Object.keys(parameters).length > 0)
}

function staticData(context: Record<string, unknown>): StaticData {
  const screen = own(context, 'screen')
  return known({
    deviceType: deviceType(ownText(own(context, 'device'), 'type')),
    os: ownText(own(context, 'os'), 'name'),
    screenWidth: pixels(own(screen, 'width')),
    screenHeight: pixels(own(screen, 'height')),
    timeZoneId: ownText(context, 'timezone'),
    localeLanguageTag: ownText(context, 'locale')
  })
}

function geolocation(context: Record<string, unknown>): Geolocation {
  const location = own(context, 'location')
  return known({
    country: ownText(location, 'country'),
    region: ownText(location, 'region'),
    city: ownText(location, 'city'),
    postalCode: ownText(location, 'postalCode'),
    latitude: degrees(own(location, 'latitude'), 90),
    longitude: degrees(own(location, 'longitude'), 180)
  })
}

function deviceType(type: string | undefined): StaticData['deviceType'] {
  return type === undefined ? undefined : DEVICE_TYPES.get(type.toLowerCase())
}

function pixels(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined
}

function degrees(value: unknown, limit: number): number | undefined {
  return typeof value === 'number' && Math.abs(value) <= limit ? value : undefined
}

function known<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T
}
