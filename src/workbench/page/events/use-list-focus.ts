import { useCallback, useState } from 'react'
import type { EventSummary } from '../../contract'

/** Which row has the focus of the keyboard, and which should have it. */
export function useListFocus(events: EventSummary[]) {
  const [last, setLast] = useState<string | null>(null)
  const [wanted, setWanted] = useState<string | null>(null)
  const onFocus = useCallback((id: string) => {
    setLast(id)
    setWanted(null)
  }, [])
  const focusAt = (index: number) => setWanted(events.at(Math.max(0, Math.min(index, events.length - 1)))?.id ?? null)
  return {
    last,
    wanted,
    onFocus,
    focus: setWanted,
    jump: (to: 'first' | 'last') => focusAt(to === 'first' ? 0 : events.length - 1),
    /** The row after or before the one that had the focus last; the first row at first. */
    step: (by: 1 | -1) => {
      const here = events.findIndex(({ id }) => id === last)
      focusAt(here < 0 ? 0 : here + by)
    }
  }
}
