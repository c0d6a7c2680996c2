import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { EventDetail, EventSummary, Sample, SeenEvents } from '../../../contract'
import { keys, useSamples } from '../../api/queries'
import { request } from '../../api/request'
import { shortTime, titleOf } from '../../parts/words'
import { eventsIn } from '../../send/written-events'
import { useSeenEvents } from '../seen-events'

/** An event to test a mapping with: one that was seen, a sample, or one that is edited. */
export interface Example {
  /** `event:<id>`, `sample:<id>`, or null while nothing is known. */
  key: string | null
  /** What can be chosen. */
  choices: { group: string; items: { value: string; label: string }[] }[]
  choose: (key: string | null) => void
  /** The event; undefined while it is loaded, or when the edited text is none. */
  event: object | undefined
  error: unknown
  /** The edited text; null while the chosen event is used as it is. */
  text: string | null
  /** Why the edited text is not an event. */
  problem: string | null
  edit: (text: string | null) => void
}

/**
 * The chosen event for a test. At first it is one that the filter takes: a sample, else the latest event seen. It stays
 * while the filter is corrected.
 * @param taken the events that the filter takes; undefined while they are loaded and while the filter is wrong
 * @param hasFilter whether the filter can be read
 */
export function useExample(taken: SeenEvents | undefined, hasFilter: boolean): Example {
  const seen = useLatest(taken) ?? (hasFilter ? undefined : NONE)
  const samples = useSamples().data ?? []
  const others = useSeenEvents('')?.events ?? []
  const [chosen, setChosen] = useState<string | null>(null)
  const [text, setText] = useState<string | null>(null)
  const key = chosen ?? firstChoice(seen, samples)
  const loaded = useEvent(key, samples)
  const written = text === null ? { events: null, problem: null } : eventsIn(text)
  const isOne = written.events?.length === 1
  return {
    ...{ key, text, choices: choicesOf(seen, samples, others) },
    choose: (next) => {
      setChosen(next)
      setText(null)
    },
    event: text === null ? loaded.event : isOne ? written.events?.[0] : undefined,
    error: loaded.error,
    problem: written.problem ?? (written.events && !isOne ? 'Write one event only.' : null),
    edit: setText
  }
}

const NONE: SeenEvents = { seen: 0, checked: 0, taken: 0, samples: [], events: [], paths: [] }

function useLatest(seen: SeenEvents | undefined): SeenEvents | undefined {
  const [latest, setLatest] = useState(seen)
  if (seen && seen !== latest) setLatest(seen)
  return seen ?? latest
}

function firstChoice(seen: SeenEvents | undefined, samples: Sample[]): string | null {
  if (!seen) return null
  const sample = samples.find(({ id }) => seen.samples.includes(id))
  if (sample) return `sample:${sample.id}`
  const event = seen.events.find(({ visitorCode }) => visitorCode !== null) ?? seen.events.at(0)
  if (event) return `event:${event.id}`
  return samples.length > 0 ? `sample:${samples[0].id}` : null
}

function choicesOf(seen: SeenEvents | undefined, samples: Sample[], others: EventSummary[]): Example['choices'] {
  const taken = seen?.events ?? []
  const ids = new Set(taken.map(({ id }) => id))
  const sampleItems = samples.map(({ id, label }) => ({ value: `sample:${id}`, label }))
  const isTaken = ({ value }: { value: string }): boolean =>
    seen?.samples.includes(value.slice('sample:'.length)) ?? false
  return [
    { group: 'Samples that the filter takes', items: sampleItems.filter(isTaken) },
    { group: 'Events that the filter takes', items: taken.map(itemOf) },
    { group: 'Other samples', items: sampleItems.filter((item) => !isTaken(item)) },
    { group: 'Other events', items: others.filter(({ id }) => !ids.has(id)).map(itemOf) }
  ].filter(({ items }) => items.length > 0)
}

function itemOf(event: EventSummary): { value: string; label: string } {
  const label = `${event.number}. ${event.type}: ${titleOf(event)} (${shortTime(event.receivedAt)})`
  return { value: `event:${event.id}`, label }
}

/** The event behind a key. An event that was seen is taken without its id and times, so that it counts as a new one. */
function useEvent(key: string | null, samples: Sample[]): { event: object | undefined; error: unknown } {
  const [kind, id = ''] = key?.split(/:(.*)/s) ?? []
  const detail = useQuery({
    queryKey: keys.event(id),
    queryFn: () => request<EventDetail>('GET', `events/${encodeURIComponent(id)}`),
    enabled: kind === 'event'
  })
  if (kind === 'sample') return { event: samples.find((sample) => sample.id === id)?.event, error: null }
  return { event: detail.data && asNew(detail.data.event), error: detail.error }
}

/** Members that Segment gives to each event anew. */
const OF_ITS_ARRIVAL = ['messageId', 'timestamp', 'originalTimestamp', 'sentAt', 'receivedAt']

function asNew(event: Record<string, unknown>): object {
  return Object.fromEntries(Object.entries(event).filter(([key]) => !OF_ITS_ARRIVAL.includes(key)))
}
