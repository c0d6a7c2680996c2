import { bestWindows, windowsOf, type RequestLimit, type Windows } from './windows'
import type { RequestKind } from './request-kind'

/** Requests a minute, by kind, for the whole fleet. */
export interface RequestLimits {
  reading: number
  writing: number
}

/**
 * What an account with 500,000 visitors a month may send to the Data API in a minute. The formula is (500,000 + visitors) / 500
 * for reading, and / 50 for writing. Who has fewer visitors gives lower limits.
 * https://developers.kameleoon.com/apis/data-api-rest/overview/#rate-limits
 * https://composable-docs.zeotap.com/destinations/other/kameleoon/
 */
export const DEFAULT_LIMITS: RequestLimits = { reading: 2_000, writing: 20_000 }

/** https://docs.kameleoon.com/developer-docs/apis/automation-api-rest/get-started: 50 requests in 10 s, 1,000 an hour. */
const AUTOMATION_SHORT: RequestLimit = { requests: 50, seconds: 10 }
const AUTOMATION_HOUR: RequestLimit = { requests: 1_000, seconds: 3_600 }

/**
 * Equal distances would be 3.7 seconds in an hour of 1,000, and a process needs several answers before its first event. So
 * this many may follow each other; they are the requests of about five minutes.
 */
const AUTOMATION_BURST = 70

/** The windows of each kind. A request needs a place in all of them, in their order. */
export function windowsByKind({ reading, writing }: RequestLimits): Record<RequestKind, Windows[]> {
  return {
    reading: [bestWindows(limitsOfMinute(reading))],
    writing: [bestWindows(limitsOfMinute(writing))],
    automation: [windowsOf([AUTOMATION_HOUR], AUTOMATION_BURST), bestWindows([AUTOMATION_SHORT])]
  }
}

/**
 * Limits for so many requests a minute: that, and a sixth of it in ten seconds. The sixth is rounded up where it is small: one
 * and a half is two, else only six could be sent in a minute that allows nine.
 */
export function limitsOfMinute(perMinute: number): RequestLimit[] {
  const sixth = perMinute / 6
  const inTenSeconds = sixth < 10 ? Math.ceil(sixth) : Math.floor(sixth)
  return [
    { requests: perMinute, seconds: 60 },
    { requests: inTenSeconds, seconds: 10 }
  ]
}
