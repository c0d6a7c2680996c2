import type { MapFields } from './maps'

/** Which part of a list is asked for. `page` counts from 1. */
export interface Paging {
  page: number
  perPage: number
}

/**
 * Lists of the Automation API that come short. A list that is asked for by name is always right: a service that denies a
 * goal's existence by its name leaves a client no way to know it.
 */
export const LIST_MISTAKES = {
  /** Every page is empty. */
  'empty pages': () => [],
  /** The second page is empty, though others follow. */
  'empty second page': (items, paging) => (paging.page === 2 ? [] : cut(items, paging)),
  /** Every page is the first one. */
  'page ignored': (items, { perPage }) => cut(items, { page: 1, perPage }),
  /** The second page is the first one again, and all later ones follow one page late. */
  'repeated page': (items, { page, perPage }) => cut(items, { page: Math.max(1, page - 1), perPage }),
  /** A page has at most 20 items, whatever was asked for. */
  'short pages': (items, { page, perPage }) => cut(items, { page, perPage: Math.min(perPage, 20) }),
  /** Every second page is cut from the list in reverse, so that some items come twice and others never. */
  'out of order': (items, paging) => cut(paging.page % 2 === 0 ? [...items].reverse() : items, paging),
  /** Every second item is missing, from the first on. */
  incomplete: (items, paging) =>
    cut(
      items.filter((_, index) => index % 2 === 1),
      paging
    )
} satisfies Record<string, <Item>(items: Item[], paging: Paging) => Item[]>

/** Answers of `GET /map/maps` that are no maps of the keys that were asked for. */
export const MAP_MISTAKES = {
  /** Every key is there, with null in place of its map. */
  'null maps': (keys) => Object.fromEntries(keys.map((key) => [key, null])),
  /** Every map is JSON in a text. */
  'text maps': (keys, mapOf) => Object.fromEntries(keys.map((key) => [key, JSON.stringify(mapOf(key))])),
  /** Every map stands under a key that was not asked for. */
  'other keys': (keys, mapOf) => Object.fromEntries(keys.map((key) => [`OTHER_${key}`, mapOf(key)]))
} satisfies Record<string, (keys: string[], mapOf: (key: string) => MapFields) => unknown>

export type ListMistake = keyof typeof LIST_MISTAKES
export type MapMistake = keyof typeof MAP_MISTAKES
export type Mistake = ListMistake | MapMistake

export function isListMistake(name: unknown): name is ListMistake {
  return typeof name === 'string' && Object.prototype.hasOwnProperty.call(LIST_MISTAKES, name)
}

export function isMapMistake(name: unknown): name is MapMistake {
  return typeof name === 'string' && Object.prototype.hasOwnProperty.call(MAP_MISTAKES, name)
}

/** One page of a list. */
export function cut<Item>(items: Item[], { page, perPage }: Paging): Item[] {
  return items.slice((page - 1) * perPage, page * perPage)
}
