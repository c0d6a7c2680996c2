import type { VisitorOrder } from '../../contract'
import type { VisitorQuery } from '../api/queries'

/** Visitors shown at a time. */
export const PAGE_SIZE = 100

/** How the list of visitors is searched and sorted, and which page of it is shown. */
export interface VisitorSearch {
  search: string
  sort: VisitorOrder
  order: 'ascending' | 'descending'
  /** From 1. */
  page: number
}

/** The order of a column that was not sorted before: large figures first, names from A. */
export const FIRST_ORDER: Record<VisitorOrder, VisitorSearch['order']> = {
  lastSeen: 'descending',
  conversions: 'descending',
  revenue: 'descending',
  code: 'ascending'
}

// The keys of the table are exactly the columns.
const ORDERS = Object.keys(FIRST_ORDER) as VisitorOrder[]

/** Reads what stands behind the question mark of the address. Anything that is not valid counts as missing. */
export function visitorSearchIn(text: string): VisitorSearch {
  const given = new URLSearchParams(text)
  const sort = ORDERS.find((one) => one === given.get('sort')) ?? 'lastSeen'
  const isOther = given.get('order') === opposite(FIRST_ORDER[sort])
  const page = Number(given.get('page') ?? 1)
  return {
    search: given.get('q') ?? '',
    sort,
    order: isOther ? opposite(FIRST_ORDER[sort]) : FIRST_ORDER[sort],
    page: Number.isSafeInteger(page) && page > 0 ? page : 1
  }
}

/** The address of a list. What is as usual is left out. */
export function visitorListPlace({ search, sort, order, page }: VisitorSearch): string {
  const parts = new URLSearchParams({
    ...(search !== '' && { q: search }),
    ...(sort !== 'lastSeen' && { sort }),
    ...(order !== FIRST_ORDER[sort] && { order }),
    ...(page > 1 && { page: String(page) })
  })
  return parts.size === 0 ? '/visitors' : `/visitors?${parts}`
}

/** The query of the workbench for this page of the list. */
export function queryOf({ page, ...rest }: VisitorSearch): VisitorQuery {
  return { ...rest, offset: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE }
}

export function opposite(order: VisitorSearch['order']): VisitorSearch['order'] {
  return order === 'ascending' ? 'descending' : 'ascending'
}
