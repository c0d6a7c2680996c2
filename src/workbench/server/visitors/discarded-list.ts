import type { Emulator } from '../../../emulator'
import { idIn } from '../../../segment-host'
import type { Discarded } from '../../contract'
import type { EventLog } from '../event-log/event-log'
import { adviceFor } from './discarded-advice'

type Source = Pick<Discarded, 'event' | 'visitorCode'>

/** What the emulator accepted but did not keep, latest first, each with the event that it was sent for. */
export function discardedList({ discarded }: Pick<Emulator, 'discarded'>, events: Pick<EventLog, 'all'>): Discarded[] {
  const sources = sourcesOf(new Set(discarded.flatMap(({ key }) => key ?? [])), events)
  return discarded
    .map(({ at, path, reason, field, value, key = '', visitorCode }) => {
      const { event = null, visitorCode: known = null } = sources.get(key) ?? {}
      return {
        ...{ at: new Date(at).toISOString(), path, reason, field: field ?? null, value: value ?? null },
        ...{ advice: adviceFor(reason), event },
        visitorCode: visitorCode ?? known ?? idIn(key, 'identify') ?? idIn(key, 'cohorts') ?? null
      }
    })
    .reverse()
}

/** The event that each nonce or key was sent for; of several, the latest. */
function sourcesOf(keys: ReadonlySet<string>, events: Pick<EventLog, 'all'>): Map<string, Source> {
  const sources = new Map<string, Source>()
  if (keys.size === 0) return sources
  for (const { id, number, arrival, traces, visitorCode } of events.all()) {
    const { type, name } = arrival
    for (const { parts, subscription } of traces) {
      const mapping = { id: subscription.id, name: subscription.name }
      for (const { key } of parts) {
        if (keys.has(key)) sources.set(key, { event: { id, number, type, name, mapping }, visitorCode })
      }
    }
  }
  return sources
}
