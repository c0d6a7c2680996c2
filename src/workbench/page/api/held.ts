import { useSyncExternalStore } from 'react'

/**
 * While the user reads further down in the list of events, it stays as it is above: events with a higher number than this are
 * not added. Null while new events are added on top.
 */
let held: number | null = null

const listeners = new Set<() => void>()

export function heldAt(): number | null {
  return held
}

export function hold(number: number | null): void {
  held = number
  for (const listener of listeners) listener()
}

export function useHeld(): number | null {
  return useSyncExternalStore(subscribe, heldAt)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
