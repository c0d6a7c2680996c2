import { useLocalStorage } from '@mantine/hooks'
import { useEffect, useEffectEvent } from 'react'

interface ListKeys {
  /** An event is open in the drawer. */
  isOpen: boolean
  /** Goes to the next older event (1) or the next newer one (-1). */
  step: (by: 1 | -1) => void
  /** Goes to the first or the last row. */
  jump: (to: 'first' | 'last') => void
  search: () => void
  help: () => void
}

/** Whether single letters do something. Speech input and some screen readers need them switched off. */
export function useSingleKeys() {
  return useLocalStorage({ key: 'single-keys', defaultValue: true, getInitialValueInEffect: false })
}

/** The keys of the list and of the open event. They do nothing while the user types, and in menus and other dialogs. */
export function useListKeys(keys: ListKeys): void {
  const [hasSingleKeys] = useSingleKeys()
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const { key, target } = event
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    if (!(target instanceof Element) || isElsewhere(target)) return
    const action = (hasSingleKeys ? letterAction(key, keys) : null) ?? arrowAction(key, target, keys)
    if (action === null) return
    event.preventDefault()
    action()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event)
    document.addEventListener('keydown', listener)
    return () => document.removeEventListener('keydown', listener)
  }, [])
}

type Action = (() => void) | null

function letterAction(key: string, { isOpen, step, search, help }: ListKeys): Action {
  switch (key) {
    case 'j':
      return () => step(1)
    case 'k':
      return () => step(-1)
    case '?':
      return help
    case '/':
      return isOpen ? null : search
    default:
      return null
  }
}

function arrowAction(key: string, target: Element, { isOpen, step, jump }: ListKeys): Action {
  const isInList = target.closest('[data-events] tbody') !== null
  if (!isInList && !(isOpen && !scrolls(target))) return null
  switch (key) {
    case 'ArrowDown':
      return () => step(1)
    case 'ArrowUp':
      return () => step(-1)
    case 'Home':
      return isInList ? () => jump('first') : null
    case 'End':
      return isInList ? () => jump('last') : null
    default:
      return null
  }
}

const FIELDS = 'input, textarea, select, [contenteditable]'
const OTHER_LAYERS = '[role="menu"], [role="listbox"], [role="dialog"]:not([data-event-drawer])'

function isElsewhere(target: Element): boolean {
  return target.closest(FIELDS) !== null || target.closest(OTHER_LAYERS) !== null
}

/** Arrow keys scroll an element such as a long JSON text. */
function scrolls(target: Element): boolean {
  return (
    target.hasAttribute('tabindex') &&
    target.scrollHeight > target.clientHeight &&
    target.matches('pre, [role="group"]')
  )
}
