import { useEffect, useSyncExternalStore } from 'react'
import { placeIn } from './places'

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

interface GoOptions {
  /** Takes the place of the current entry in the history of the browser. */
  replace?: boolean
}

function go(to: string, { replace = false }: GoOptions = {}): void {
  const before = location.href
  history[replace ? 'replaceState' : 'pushState'](null, '', `#/${to.replace(/^#?\/?/, '')}`)
  dispatchEvent(new HashChangeEvent('hashchange', { oldURL: before, newURL: location.href }))
}

const goGuarded: typeof go = (to, options) => leave(() => go(to, options))

function onHashChange(listener: () => void): () => void {
  addEventListener('hashchange', listener)
  return () => removeEventListener('hashchange', listener)
}

/** A part of the location hash; what uses it is drawn again only when that part changes. */
export function useHash(part: (hash: string) => string): string {
  return useSyncExternalStore(onHashChange, () => part(location.hash))
}

/**
 * The path of the page is kept in the location hash, so that every view can be reloaded. A search is in the hash as well, behind a
 * question mark; the router's own hook would put it before the hash, where it stays when the view changes.
 */
export function useGuardedHash(): [string, typeof go] {
  return [useHash((hash) => placeIn(hash).path), goGuarded]
}

useGuardedHash.hrefs = (href: string) => `#${href}`
