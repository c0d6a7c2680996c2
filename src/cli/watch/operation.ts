const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']
/** Parts of a path that are names. Everything else, such as the number of a goal, is an id. */
const NAME = /^[a-z]+(-[a-z]+)*$/
const LONGEST_NAME = 20
const MOST_PARTS = 4
/** The destination has about ten operations. Each one is a set of series for Prometheus, so there is a limit. */
const MOST_OPERATIONS = 30
const OTHER = 'other'

/** Makes names of operations, such as `POST /visit/events` or `GET /goals/:id`: method and path without ids. */
export function operations(): (method: string, path: string) => string {
  const known = new Set<string>()
  return (method, path) => {
    const name = operationName(method, path)
    if (known.size < MOST_OPERATIONS) known.add(name)
    return known.has(name) ? name : OTHER
  }
}

function operationName(method: string, path: string): string {
  const parts = path.split('/').filter((part) => part !== '')
  if (parts.length > MOST_PARTS || !METHODS.includes(method)) return OTHER
  return `${method} /${parts.map((part) => (isName(part) ? part : ':id')).join('/')}`
}

function isName(part: string): boolean {
  return part.length <= LONGEST_NAME && NAME.test(part)
}
