import { Button } from '@mantine/core'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useCallback, useEffect, useEffectEvent, useLayoutEffect, useState } from 'react'
import type { EventList } from '../api/event-list'
import { useOlderEvents } from '../api/queries'
import { Failure } from '../parts/view'
import { EventRow } from './event-row'
import styles from './events.module.css'

interface EventsTableProps {
  table: RefObject<HTMLTableElement | null>
  list: EventList
  q: string
  openId: string | undefined
  /** The event whose row should have the focus; null when no row should take it. */
  wanted: string | null
  onFocus: (id: string) => void
  lastFocused: string | null
}

const COLUMNS = ['No.', 'Received', 'Type', 'Name', 'Visitor', 'Status', 'What happened']

/** Height in pixels before a row is measured. */
const USUAL_HEIGHT = 34

/** Below the header of the page and the headers of the columns. */
const HIDDEN_ABOVE = 125

/** So many rows before the last one, older events are loaded. */
const LOAD_BEFORE_END = 60

/** Only the rows that can be seen are drawn. The whole table is one Tab stop. */
export function EventsTable({
  table,
  list: { events, total },
  q,
  openId,
  wanted,
  onFocus,
  lastFocused
}: EventsTableProps) {
  const scrollMargin = useTop(table)
  const rows = useWindowVirtualizer({
    count: events.length,
    estimateSize: () => USUAL_HEIGHT,
    getItemKey: useCallback((index: number) => events[index].id, [events]),
    overscan: 10,
    scrollMargin,
    scrollPaddingStart: HIDDEN_ABOVE,
    scrollPaddingEnd: USUAL_HEIGHT
  })
  const drawn = rows.getVirtualItems()
  const older = useOlderWhenNear(q, { events, total }, drawn.at(-1)?.index ?? 0)
  const shown = wanted ?? openId
  const place = shown === undefined ? -1 : events.findIndex(({ id }) => id === shown)
  const isLoaded = place >= 0
  const show = useEffectEvent(() => isLoaded && rows.scrollToIndex(place, { align: 'auto' }))
  // Only when another event is shown: scrolling by hand must not be undone when new events move its place.
  useEffect(() => void show(), [shown, isLoaded])

  const tabStop = drawn.find(({ index }) => events[index].id === lastFocused)?.index ?? drawn.at(0)?.index
  const above = (drawn.at(0)?.start ?? scrollMargin) - scrollMargin
  const below = rows.getTotalSize() + scrollMargin - (drawn.at(-1)?.end ?? scrollMargin)
  return (
    <>
      <table
        ref={table}
        data-events
        className={styles.table}
        aria-label="Events, newest first"
        aria-rowcount={total + 1}
      >
        <thead>
          <tr aria-rowindex={1}>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody style={{ paddingTop: above, paddingBottom: Math.max(0, below) }}>
          {drawn.map(({ index }) => (
            <EventRow
              key={events[index].id}
              event={events[index]}
              q={q}
              index={index}
              isOpen={events[index].id === openId}
              isTabStop={index === tabStop}
              takesFocus={events[index].id === wanted}
              onFocus={onFocus}
              measure={rows.measureElement}
            />
          ))}
        </tbody>
      </table>
      <Failure error={older.error} title="Could not load older events" />
      {older.error && (
        <Button variant="default" size="xs" onClick={() => older.mutate(events[events.length - 1].number)}>
          Try again
        </Button>
      )}
    </>
  )
}

/** Loads older events when the user comes near the end of the loaded ones. */
function useOlderWhenNear(q: string, { events, total }: EventList, lastDrawn: number) {
  const older = useOlderEvents(q)
  const { isIdle, isSuccess, mutate } = older
  const last = events.at(-1)?.number
  const isNear = events.length < total && lastDrawn >= events.length - LOAD_BEFORE_END
  useEffect(() => {
    if (isNear && last !== undefined && (isIdle || isSuccess)) mutate(last)
  }, [isNear, last, isIdle, isSuccess, mutate])
  return older
}

/** The distance of the rows from the top of the page, in pixels. */
function useTop(table: RefObject<HTMLTableElement | null>): number {
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    const update = () => {
      const body = table.current?.tBodies[0]
      if (body) setTop(Math.round(body.getBoundingClientRect().top + window.scrollY))
    }
    update()
    // What is above the table changes the height of the page with it.
    const observer = new ResizeObserver(update)
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [table])
  return top
}
