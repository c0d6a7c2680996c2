import type { Emulator, Fault, FaultRule } from '../src/emulator'
import { FAULT_KINDS, TARGETS, type FaultKind, type Target } from './fault-kinds'
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
 * single event that is told to be too large is rightly rejected for good. A slow answer comes last: it ends an outage.
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
