import { useQuery } from '@tanstack/react-query'
import type { DynamicChoices, SeenPath } from '../../../contract'
import { request } from '../../api/request'
import { CALL_TYPES } from '../../parts/words'
import { useSeenEvents } from '../seen-events'
import type { Part } from './operators'

/** The names below a place of the event, as `$.properties.`, that events seen have. */
export function useNames(place: string): Map<string, SeenPath> {
  const paths = useSeenEvents('')?.paths ?? []
  const below = paths.filter(({ path }) => path.startsWith(place) && !path.includes('['))
  return new Map(below.map((seen) => [seen.path.slice(place.length), seen]))
}

type Suggestions = { group: string; items: string[] }[]

/** Values to compare with: those of events seen, the types of calls, and for names of events the goals of the project. */
export function useSuggestedValues(action: string, part: Part, path: string): Suggestions {
  const seen = useSeenEvents('')?.paths.find((one) => one.path === path)?.values ?? []
  const goals = useGoalNames(action, part === 'event')
  const values = part === 'event-type' ? CALL_TYPES : [...new Set(seen.map(String))]
  return [
    { group: part === 'event-type' ? 'Types' : 'Seen', items: values },
    { group: 'Goals of the project', items: goals.filter((name) => !values.includes(name)) }
  ].filter(({ items }) => items.length > 0)
}

function useGoalNames(action: string, isWanted: boolean): string[] {
  const { data } = useQuery({
    queryKey: ['goal-names', action],
    queryFn: () =>
      request<DynamicChoices>('POST', `actions/${encodeURIComponent(action)}/choices`, { path: 'goalId', mapping: {} }),
    enabled: isWanted,
    staleTime: 20_000
  })
  return [...new Set(data?.choices.map(({ label }) => label) ?? [])]
}
