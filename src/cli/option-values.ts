import { InvalidArgumentError } from 'commander'

export function siteCode(text: string): string {
  if (/^[a-z0-9]{10}$/.test(text)) return text
  throw new InvalidArgumentError('It must be 10 lower-case letters and digits.')
}

export function emulatorAddress(text: string): string {
  if (/^http:\/\/[^/\s]+:\d+\/?$/.test(text)) return text
  throw new InvalidArgumentError('It must be an address such as http://127.0.0.1:8321.')
}

export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (/^\d+$/.test(text) && value >= least && value <= most) return value
    throw new InvalidArgumentError(`It must be a whole number, ${least} or more${most < 1e9 ? `, up to ${most}` : ''}.`)
  }
}

/** How many rejected events end a run: a number of events, or a share of them from 0 to 1. */
export type MostRejected = { kind: 'count'; most: number } | { kind: 'share'; most: number }

/** For `--max-rejected`: `100` events, or `5%` of them. */
export function mostRejected(text: string): MostRejected {
  const [, number, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(text) ?? []
  const value = Number(number)
  if (percent && value <= 100) return { kind: 'share', most: value / 100 }
  if (percent === '' && Number.isSafeInteger(value) && !text.includes('.')) return { kind: 'count', most: value }
  throw new InvalidArgumentError('It must be a number of events such as 100, or a share such as 5%.')
}

/** For `--rate`: requests a minute. */
export const requestsPerMinute = wholeNumber(1)

/** More connections than this only wait for each other. */
const MOST_CONCURRENT = 256

/** For `--concurrency`: batches under way at the same time. */
export const concurrency = wholeNumber(1, MOST_CONCURRENT)

/** For `--limit`: events to read. */
export const eventLimit = wholeNumber(1)

/** Where a server listens. */
export interface NetworkAddress {
  host: string
  port: number
}

/** Only this machine. */
const DEFAULT_HOST = '127.0.0.1'
const LAST_PORT = 65_535

/** For `--metrics`: a port, or a host with a port, such as `9464`, `0.0.0.0:9464` or `[::1]:9464`. */
export function networkAddress(text: string): NetworkAddress {
  const [, ipv6, name, digits] = /^(?:(?:\[([0-9a-f:.]+)\]|([a-z0-9.-]+)):)?(\d{1,5})$/i.exec(text) ?? []
  const port = Number(digits)
  if (port <= LAST_PORT) return { host: ipv6 ?? name ?? DEFAULT_HOST, port }
  throw new InvalidArgumentError('It must be a port such as 9464, or a host and a port such as 0.0.0.0:9464.')
}
