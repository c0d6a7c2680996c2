import { useSyncExternalStore } from 'react'

interface Hold {
  q: string
  number: number
}

/**
 * While the user reads further down in the list of a search, the list stays as it is above: events with a higher number than
 * this are not added. Null while new events are added on top.
 */
let held: Hold | null = null

const listeners = new Set<() => void>()

/** The highest number that the list of a search takes; null when it takes every new event. */
export function heldAt(q: string): number | null {
  return held?.q === q ? held.number : null
}

export function hold(next: Hold | null): void {
  held = next
  for (const listener of listeners) listener()
}

export function useHeldAt(q: string): number | null {
  return useSyncExternalStore(subscribe, () => heldAt(q))
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
