import { useSyncExternalStore } from 'react'
import type { EventSummary } from '../../contract'

interface Pause {
  paused: boolean
  /** Numbers of the events that came meanwhile. */
  missed: ReadonlySet<number>
}

const running: Pause = { paused: false, missed: new Set() }
const listeners = new Set<() => void>()
let pause = running
let newest = 0

export function isPaused(): boolean {
  return pause.paused
}

/** Stops the list at the event that is on top of it now. */
export function pauseAt(number: number): void {
  newest = number
  change({ paused: true, missed: new Set() })
}

export function resume(): void {
  change(running)
}

export function noteMissed(summaries: EventSummary[]): void {
  const later = summaries.map(({ number }) => number).filter((number) => number > newest)
  change({ ...pause, missed: new Set([...pause.missed, ...later]) })
}

export function usePause(): Pause {
  return useSyncExternalStore(subscribe, () => pause)
}

function change(next: Pause): void {
  pause = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
