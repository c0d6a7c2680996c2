import type { CustomData, Goal, PartResult } from '../../../emulator'
import { recordOf, textOf } from '../../../segment-host'
import type { Planned } from '../../contract'
import { currencyIn } from '../event-log/currency'
import type { PreviewKameleoon } from './preview-kameleoon'

interface Tried {
  kameleoon: PreviewKameleoon
  /** What the Kameleoon for previews did with the parts. */
  results: readonly PartResult[]
  /** The Segment event. */
  event: object
}

/**
 * The parts of what the destination sent for one event, as far as Kameleoon is known to keep them.
 * @param sent as the destination reports it
 */
export function plannedParts(sent: Record<string, unknown>, tried: Tried): Planned[] {
  const visitEvents: unknown[] = Array.isArray(sent.visitEvents) ? sent.visitEvents : []
  const maps = Object.entries(recordOf(sent.maps))
  return [
    ...visitEvents.map((event) => plannedEvent(recordOf(event), tried)),
    ...maps.map(([key, fields]) => ({ ...plannedMap(key, fields), ...resultOf(key, tried) }))
  ]
}

function plannedMap(key: string, value: unknown): Omit<Planned, 'kind' | 'reason'> {
  return { ...{ what: 'map', key, value }, visitorCode: null, name: null, goal: null, currency: null }
}

function plannedEvent({ eventType, nonce, visitorCode, ...value }: Record<string, unknown>, tried: Tried): Planned {
  const part = { what: String(eventType), key: String(nonce), visitorCode: textOf(visitorCode) }
  const result = resultOf(part.key.toUpperCase(), tried)
  if (eventType === 'CONVERSION') return { ...part, ...conversion(value, tried), ...result }
  const name = eventType === 'CUSTOMDATA' ? customDataName(value.index, tried) : null
  return { ...part, ...result, value, name, goal: null, currency: null }
}

function conversion(
  value: Record<string, unknown>,
  { kameleoon, event }: Tried
): Pick<Planned, 'value' | 'name' | 'goal' | 'currency'> {
  const found = kameleoon.copy.goals.find(({ id }) => id === value.goalId)
  const goal = goalState(kameleoon, found)
  const { goalId: _madeUp, ...others } = value
  return {
    value: goal === 'assumed' ? others : value,
    name: found?.name ?? null,
    goal,
    currency: value.revenue ? currencyIn(event) : null
  }
}

function goalState({ isReal, goalIds }: PreviewKameleoon, found: Goal | undefined): Planned['goal'] {
  if (isReal) return found ? 'assumed' : 'unknown'
  if (!found) return 'missing'
  return goalIds.has(found.id) ? 'known' : 'new'
}

function customDataName(index: unknown, { kameleoon: { isReal, copy } }: Tried): string | null {
  const found = (one: CustomData): boolean => one.index === index
  return isReal ? null : (copy.customData.find(found)?.name ?? null)
}

function resultOf(key: string, { kameleoon, results }: Tried): Pick<Planned, 'kind' | 'reason'> {
  const found = kameleoon.isReal ? undefined : results.find((one) => one.key === key)
  return found ? { kind: found.kind, reason: found.reason } : { kind: 'unknown', reason: null }
}
