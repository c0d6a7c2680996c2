import { useSyncExternalStore } from 'react'

/** How many events had come when the list was paused; null while it runs. */
type Pause = number | null

const listeners = new Set<() => void>()
let pause: Pause = null

export function isPaused(): boolean {
  return pause !== null
}

export function setPause(next: Pause): void {
  pause = next
  for (const listener of listeners) listener()
}

export function usePause(): Pause {
  return useSyncExternalStore(subscribe, () => pause)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
