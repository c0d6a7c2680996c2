import { useSessionStorage } from '@mantine/hooks'
import { everyEvent, type EventFilter } from './event-filter'

/** The filter stays while other views are looked at, and over a reload. */
export function useEventFilter() {
  return useSessionStorage<EventFilter>({
    key: 'event-filter',
    defaultValue: everyEvent,
    getInitialValueInEffect: false
  })
}
