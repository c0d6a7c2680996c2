/**
 * What `read` returns, or nothing if it throws. Storage that is blocked, a foreign engine or a page that redefines its globals
 * must never end the page's own call.
 */
export function quietly<Value>(read: () => Value): Value | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
