import { useEffect, useState } from 'react'

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
