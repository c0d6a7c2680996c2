import type { FaultRule } from '../src/emulator'

/** Longer than any trial: the answer never comes. */
export const NEVER = 3_600_000

/** What a call may meet, by the name under which it is counted. */
export const FAULT_KINDS = {
  '429': { status: 429 },
  '429 with Retry-After': { status: 429, retryAfter: 40 },
  '408': { status: 408 },
  '413': { status: 413 },
  '500': { status: 500 },
  '502': { status: 502, body: '<html>Bad gateway</html>' },
  '503': { status: 503 },
  '503 with Retry-After': { status: 503, retryAfter: 25 },
  'reset before the body is taken': { reset: 'before' },
  'reset after the body is taken': { reset: 'after' },
  'time-out': { delayMs: NEVER },
  'slow answer': { delayMs: 15 }
} as const satisfies Record<string, FaultRule>

export type FaultKind = keyof typeof FAULT_KINDS

const EVERYWHERE: FaultKind[] = [
  '429',
  '429 with Retry-After',
  '500',
  '503',
  'reset before the body is taken',
  'reset after the body is taken',
  'slow answer'
]
const DATA: FaultKind[] = [...EVERYWHERE, '408', '502', '503 with Retry-After', 'time-out']

/** A call of the destination, and which faults it meets. */
export interface Target {
  name: string
  method: 'GET' | 'POST'
  path: string
  kinds: FaultKind[]
  /** How many of its calls are disturbed, of one. */
  share: number
  /** At least so many, since some calls are few. */
  least: number
}

export const TARGETS: Target[] = [
  { name: 'visit events', method: 'POST', path: '/visit/events', kinds: [...DATA, '413'], share: 0.2, least: 12 },
  { name: 'maps read', method: 'GET', path: '/map/maps', kinds: DATA, share: 0.1, least: 12 },
  { name: 'maps written', method: 'POST', path: '/map/maps', kinds: [...DATA, '413'], share: 0.15, least: 12 },
  { name: 'token', method: 'POST', path: '/oauth/token', kinds: EVERYWHERE, share: 0, least: 14 },
  { name: 'site', method: 'GET', path: '/sites', kinds: EVERYWHERE, share: 0, least: 7 },
  { name: 'goals read', method: 'GET', path: '/goals', kinds: EVERYWHERE, share: 0, least: 7 },
  { name: 'goals created', method: 'POST', path: '/goals', kinds: EVERYWHERE, share: 0, least: 7 }
]
