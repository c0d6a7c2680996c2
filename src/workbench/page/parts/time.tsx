import { Text, type TextProps } from '@mantine/core'
import { useEffect, useState } from 'react'

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })

/** A moment in the time of the reader: the clock for today, with the date before that. */
export function Time({ at, ...rest }: { at: string } & TextProps) {
  return (
    <Text
      component="time"
      dateTime={at}
      title={at}
      span
      size="xs"
      ff="monospace"
      style={{ whiteSpace: 'nowrap' }}
      {...rest}
    >
      {shortTime(at)}
    </Text>
  )
}

export function shortTime(at: string): string {
  const date = new Date(at)
  if (Number.isNaN(date.getTime())) return at
  const isToday = date.toDateString() === new Date().toDateString()
  return isToday ? clock.format(date) : `${day.format(date)} ${clock.format(date)}`
}

/** The time in milliseconds, anew every second while `isNeeded`. */
export function useNow(isNeeded = true): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!isNeeded) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [isNeeded])
  return now
}
