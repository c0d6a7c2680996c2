import type { SegmentEvent } from '@segment/actions-core'
import { createWriteStream } from 'fs'
import { Readable } from 'stream'
import { pipeline } from 'stream/promises'
import type { Settings } from '../src/destinations/kameleoon/generated-types'

/** Track calls of a shop; the sink has a goal for each. */
export const EVENT_NAMES = ['Product Viewed', 'Product Added', 'Checkout Started', 'Order Completed']

const FIRST_TIME = Date.UTC(2026, 2, 2)
const VISITORS = 2_000
export const USER_AGENT =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/133.0.0.0 Safari/537.36'

/** The JSON of event number `index`: about 1 KB, and the same in every run. */
export function eventText(index: number): string {
  const visitor = `${index % VISITORS}`.padStart(6, '0')
  return JSON.stringify({
    type: 'track',
    event: EVENT_NAMES[index % EVENT_NAMES.length],
    messageId: `ajs-next-1772409600000-${`${index}`.padStart(9, '0')}-7f3c`,
    timestamp: new Date(FIRST_TIME + index * 250).toISOString(),
    anonymousId: `5b0c7e1a-3f52-4d6e-9a41-0000c0${visitor}`,
    userId: `user-${visitor}`,
    properties: propertiesOf(index, visitor),
    context: contextOf(index),
    integrations: {}
  })
}

/**
 * Events parsed anew, as a host hands them over. No two runs share them: validation may coerce values in place.
 */
export function freshEvents(first: number, count: number): SegmentEvent[] {
  // What was written from an event above is read as one.
  return Array.from({ length: count }, (_, index) => JSON.parse(eventText(first + index)) as SegmentEvent)
}

function propertiesOf(index: number, visitor: string) {
  const price = 19.9 + (index % 40)
  return {
    order_id: `order-${100_000 + index}`,
    revenue: Math.round(price * 300) / 100,
    currency: 'EUR',
    coupon: index % 5 === 0 ? 'SPRING' : undefined,
    products: [
      { product_id: `sku-${index % 500}`, name: 'Trail running shoes', category: 'Shoes', price, quantity: 1 },
      { product_id: `sku-${(index + 7) % 500}`, name: 'Merino socks', category: 'Clothing', price, quantity: 2 }
    ],
    kameleoonVisitorCode: `k7m2q9x4c8${visitor}`
  }
}

function contextOf(index: number) {
  const path = `/shop/shoes/sku-${index % 500}`
  return {
    ip: '203.0.113.7',
    userAgent: USER_AGENT,
    locale: 'en-GB',
    timezone: 'Europe/London',
    page: { url: `https://shop.example.com${path}`, path, title: 'Trail running shoes', referrer: '', search: '' },
    library: { name: 'analytics.js', version: 'npm:next-1.77.0' }
  }
}

/** The JSON of event number `index` of a mix with one identify or group call in ten events. */
export function mixedEventText(index: number): string {
  if (index % 10 !== 0) return eventText(index)
  // What was written from an event above is read as one.
  const { event: _event, properties, ...rest } = JSON.parse(eventText(index)) as Record<string, Record<string, unknown>>
  const { kameleoonVisitorCode } = properties
  const call = index % 20 === 0 ? { type: 'identify' } : { type: 'group', groupId: `group-${index % 70}` }
  return JSON.stringify({ ...rest, ...call, traits: { plan: `plan-${index % 3}`, kameleoonVisitorCode } })
}

const LINES_PER_WRITE = 500

/** Writes a file of events, one a line; it may be larger than memory. */
export async function writeEventFile(path: string, events: number, textOf = eventText): Promise<void> {
  await pipeline(Readable.from(lines(events, textOf)), createWriteStream(path))
}

function* lines(events: number, textOf: typeof eventText): Generator<string> {
  for (let first = 0; first < events; first += LINES_PER_WRITE) {
    const count = Math.min(LINES_PER_WRITE, events - first)
    yield Array.from({ length: count }, (_, index) => `${textOf(first + index)}\n`).join('')
  }
}

/** Credentials that open nothing: the sink takes any. */
export const settings: Settings & { [name: string]: string } = {
  apiKey: Buffer.from(JSON.stringify({ id: 'bench-not-real', secret: 'bench-not-real' })).toString('base64'),
  sitecode: 'benchmark1'
}
