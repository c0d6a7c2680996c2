import { Text, type TextProps } from '@mantine/core'
import { useEffect, useState } from 'react'
import { fullTime, shortTime } from './words'

/** A time in the time zone of the browser. The date is shown unless it is today. */
export function Time({ at, ...rest }: { at: string } & TextProps) {
  return (
    <Text
      component="time"
      dateTime={at}
      title={fullTime(at)}
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

/** The current time in milliseconds, updated every second while `isNeeded` is true. */
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
