import { quietly } from '../quietly'

/** Remembers what was told in this browser tab: in session storage, or for this page only where there is none. */
export interface ToldBefore {
  /** True the first time only. */
  isNew(what: string): boolean
}

/** @param name the storage entry */
export function toldBefore(name: string): ToldBefore {
  const told = new Set(quietly(() => stored(name)))
  return {
    isNew: (what) => {
      if (told.has(what)) return false
      told.add(what)
      quietly(() => sessionStorage.setItem(name, JSON.stringify([...told])))
      return true
    }
  }
}

function stored(name: string): unknown[] {
  const value: unknown = JSON.parse(sessionStorage.getItem(name) ?? '[]')
  return Array.isArray(value) ? value : []
}
