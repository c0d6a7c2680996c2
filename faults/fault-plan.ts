import { DEFAULT_PROJECT, type Emulator, type Fault, type FaultRule } from '../src/emulator'
import { below, shuffled, type Random } from './random'

export interface PlannedFault {
  target: Target
  kind: FaultKind
  rule: FaultRule
}

export interface ActiveFault extends PlannedFault {
  fault: Fault
}

/**
 * Which calls meet which fault, by a seeded order.
 * @param calls how often each target is called in a run without faults, by its name
 */
export function planFaults(calls: ReadonlyMap<string, number>, random: Random): PlannedFault[] {
  return TARGETS.flatMap((target) => planTarget(target, calls.get(target.name) ?? 0, random))
}

export function addFaults(emulator: Emulator, plan: readonly PlannedFault[]): ActiveFault[] {
  return plan.map((planned) => ({ ...planned, fault: emulator.faults.add(planned.rule) }))
}

/**
 * One rule a fault, each striking once. A rule counts only the calls that the rules before it let pass. Where calls are
 * few, faults begin with an outage that shows every kind, and then strike every second call.
 */
function planTarget(target: Target, calls: number, random: Random): PlannedFault[] {
  const { method, path, share, least } = target
  const count = Math.max(least, Math.round(calls * share))
  // Many calls meet faults to their end and in what is sent again; few ones early enough for every kind to strike.
  const spread = count > least ? 1.9 : 1.5
  const widest = Math.floor((spread * calls) / count) - 1
  let skip = 0
  return kindsOf(target, count, random).map((kind, position) => {
    if (widest >= 1) skip += below(widest + 1, random)
    else if (position >= target.kinds.length) skip += 1
    return { target, kind, rule: { method, path, skip, times: 1, ...FAULT_KINDS[kind] } }
  })
}

/**
 * Every kind in turn, in seeded order. 413 comes early alone: there requests are large, and halves of them pass, while a
 * single event that is answered with "too large" is rejected and not retried. A slow answer comes last: it ends an outage.
 */
function kindsOf({ kinds }: Target, count: number, random: Random): FaultKind[] {
  const chosen: FaultKind[] = []
  while (chosen.length < count) {
    const isEarly = chosen.length < count / 2
    const deck = shuffled(isEarly ? kinds : kinds.filter((kind) => kind !== '413'), random)
    chosen.push(...deck.sort((one, other) => placeOf(one) - placeOf(other)))
  }
  return chosen.slice(0, count)
}

function placeOf(kind: FaultKind): number {
  if (kind === '413') return 0
  return kind === 'slow answer' ? 2 : 1
}

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
  /** The minimum number, since some calls are rare. */
  least: number
}

export const TARGETS: Target[] = [
  { name: 'visit events', method: 'POST', path: '/visit/events', kinds: [...DATA, '413'], share: 0.2, least: 12 },
  { name: 'maps read', method: 'GET', path: '/map/maps', kinds: DATA, share: 0.1, least: 12 },
  { name: 'maps written', method: 'POST', path: '/map/maps', kinds: [...DATA, '413'], share: 0.15, least: 12 },
  { name: 'token', method: 'POST', path: '/oauth/token', kinds: EVERYWHERE, share: 0, least: 14 },
  { name: 'site', method: 'GET', path: '/sites', kinds: EVERYWHERE, share: 0, least: 7 },
  { name: 'goals read', method: 'GET', path: '/goals', kinds: EVERYWHERE, share: 0, least: 7 },
  {
    name: 'configuration',
    method: 'GET',
    path: `/v3/${DEFAULT_PROJECT.sitecode}`,
    kinds: EVERYWHERE,
    share: 0,
    least: 7
  },
  { name: 'goals created', method: 'POST', path: '/goals', kinds: EVERYWHERE, share: 0, least: 7 }
]
