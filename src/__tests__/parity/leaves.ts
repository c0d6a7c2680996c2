/** One piece of information: where it stands in a body, such as `properties.products[].price`, and what it is. */
export interface Leaf {
  path: string
  value: string | number | boolean
}

/** Every piece of information in a body. Null, empty strings and empty lists carry none. */
export function leavesOf(value: unknown, path = ''): Leaf[] {
  if (Array.isArray(value)) return value.flatMap((item) => leavesOf(item, `${path}[]`))
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, item]) => leavesOf(item, path === '' ? key : `${path}.${key}`))
  }
  if (typeof value === 'number' || typeof value === 'boolean') return [{ path, value }]
  return typeof value === 'string' && value !== '' ? [{ path, value }] : []
}
