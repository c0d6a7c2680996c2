import type { KameleoonClient } from './client'
import type { HttpReply } from './http'

/** What every event carries. `nonce`: 16 hexadecimal digits, unique per event, by which a repeated event is recognised. */
export interface EventIdentity {
  eventType: string
  visitorCode: string
  nonce: string
  /** The visitor's own user agent, on the first event of a Segment message. */
  userAgent?: string
}

export interface Conversion {
  goalId: number
  revenue: number
  negative: boolean
  /** Custom data index to values. */
  metadata?: Record<string, string[]>
}

export interface Page {
  href: string
  title?: string
}

export interface CustomData {
  index: number
  valuesCountMap: Record<string, 1>
  overwrite: boolean
}

export interface StaticData {
  deviceType?: 'PHONE' | 'TABLET' | 'DESKTOP'
  os?: string
  screenWidth?: number
  screenHeight?: number
  timeZoneId?: string
  localeLanguageTag?: string
}

export interface Geolocation {
  country?: string
  region?: string
  city?: string
  postalCode?: string
  latitude?: number
  longitude?: number
}

/** An event as Kameleoon reads it: its identity, and what its type brings along. */
export type VisitEvent = EventIdentity & object

/**
 * Sends visit events of any number of visitors. Kameleoon answers before it reads the body.
 * https://docs.kameleoon.com/api-reference/visit/send-visitor-events
 * @param body JSON array of events, below 3 MB
 */
export function sendVisitEvents(client: KameleoonClient, body: string): Promise<HttpReply> {
  return client.call({
    method: 'POST',
    host: client.connection.dataHost,
    path: '/visit/events',
    query: { siteCode: client.connection.siteCode, json: 'true', bodyUa: 'true' },
    headers: { 'content-type': 'application/json' },
    body
  })
}
