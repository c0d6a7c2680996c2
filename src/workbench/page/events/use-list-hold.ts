import { useQueryClient } from '@tanstack/react-query'
import { type RefObject, useCallback, useEffect } from 'react'
import { heldAt, hold } from '../api/held'
import { keys } from '../api/queries'

/** Scrolled so many pixels, the user reads further down. */
const SCROLLED = 60

/**
 * Holds the list while the user has scrolled down or is on a row with the keyboard, so that rows do not move under the eyes.
 * @param top the number of the first event in the list; undefined when it is empty
 * @returns shows the new events
 */
export function useListHold(q: string, top: number | undefined, table: RefObject<HTMLTableElement | null>): () => void {
  const client = useQueryClient()
  const release = useCallback(() => {
    if (heldAt(q) === null) return
    hold(null)
    void client.invalidateQueries({ queryKey: keys.eventLists })
  }, [client, q])

  useEffect(() => {
    const decide = () => {
      const isReading = window.scrollY > SCROLLED || !!table.current?.contains(document.activeElement)
      if (!isReading || top === undefined) release()
      else if (heldAt(q) === null) hold({ q, number: top })
    }
    // Between two elements nothing has the focus for a moment.
    const decideSoon = () => setTimeout(decide)
    decide()
    document.addEventListener('scroll', decide, { passive: true })
    document.addEventListener('focusin', decide)
    document.addEventListener('focusout', decideSoon)
    return () => {
      document.removeEventListener('scroll', decide)
      document.removeEventListener('focusin', decide)
      document.removeEventListener('focusout', decideSoon)
    }
  }, [q, top, table, release])

  useEffect(() => () => hold(null), [q])

  return () => {
    window.scrollTo({ top: 0 })
    // The button that was pressed goes away.
    document.querySelector('h1')?.focus({ preventScroll: true })
    release()
  }
}
