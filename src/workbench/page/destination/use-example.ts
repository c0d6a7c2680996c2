import { useQuery } from '@tanstack/react-query'
import type { EventDetail, Sample } from '../../contract'
import { keys } from '../api/keys'
import { request } from '../api/request'

/** The event behind `sample:<id>` or `event:<id>`. */
export function useExample(key: string | null, samples: Sample[]) {
  const [kind, id] = key?.split(/:(.*)/s) ?? []
  const detail = useQuery({
    queryKey: keys.event(id ?? ''),
    queryFn: () => request<EventDetail>('GET', `events/${encodeURIComponent(id ?? '')}`),
    enabled: kind === 'event'
  })
  const sample = kind === 'sample' ? samples.find((offered) => offered.id === id) : undefined
  return { key, event: sample?.event ?? (kind === 'event' ? detail.data?.event : undefined), error: detail.error }
}
