import { useEffect, useSyncExternalStore } from 'react'
import { navigate, useHashLocation } from 'wouter/use-hash-location'

interface Unsaved {
  /** Names what is not saved, for example "the mapping Track Calls". */
  what: string
  discard: () => void
}

interface Leaving {
  unsaved: Unsaved | null
  /** Goes where the user wanted to go, after the decision about the changes. */
  wanted: (() => void) | null
}

let leaving: Leaving = { unsaved: null, wanted: null }
const listeners = new Set<() => void>()

/** While `what` is not null, the user is asked before leaving the view. */
export function useUnsaved(what: string | null, discard: () => void): void {
  useEffect(() => {
    if (what === null) return
    change({ ...leaving, unsaved: { what, discard } })
    return () => change({ ...leaving, unsaved: null })
  })
}

/** Goes at once when nothing is unsaved. Otherwise the user is asked first. */
export function leave(go: () => void): void {
  if (leaving.unsaved) change({ ...leaving, wanted: go })
  else go()
}

export function decide(decision: 'stay' | 'keep the draft' | 'discard'): void {
  const { unsaved, wanted } = leaving
  change({ unsaved: decision === 'stay' ? unsaved : null, wanted: null })
  if (decision === 'discard') unsaved?.discard()
  if (decision !== 'stay') wanted?.()
}

/** Call after saving or removing, so that leaving before the next render does not ask. */
export function forgetUnsaved(): void {
  change({ unsaved: null, wanted: null })
}

export function useLeaving(): Leaving {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => leaving
  )
}

function change(next: Leaving): void {
  leaving = next
  for (const listener of listeners) listener()
}

const goGuarded: typeof navigate = (to, options) => leave(() => navigate(to, options))

/** The path of the page is kept in the location hash, so that every view can be reloaded. */
export function useGuardedHash(): [string, typeof navigate] {
  const [place] = useHashLocation()
  return [place, goGuarded]
}

useGuardedHash.hrefs = (href: string) => `#${href}`
