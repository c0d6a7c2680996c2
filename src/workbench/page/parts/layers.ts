import { useEffect, useId, useSyncExternalStore } from 'react'

/** The open dialogs and drawers, the one on top last. */
let layers: readonly string[] = []
const listeners = new Set<() => void>()

function change(next: readonly string[]): void {
  layers = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/**
 * Whether a dialog or drawer is on top of all others. Give the result to its `closeOnEscape`: Mantine's dialogs all listen
 * on the window, and one press of Escape must close one of them only.
 */
export function useIsOnTop(opened: boolean): boolean {
  const id = useId()
  useEffect(() => {
    if (!opened) return
    change([...layers, id])
    return () => change(layers.filter((layer) => layer !== id))
  }, [opened, id])
  return useSyncExternalStore(subscribe, () => layers.at(-1) === id)
}
