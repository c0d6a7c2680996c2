/**
 * What `read` returns, or `undefined` if it throws. The page's own call must not fail because storage is blocked, because the
 * engine is a different one, or because the page has redefined its globals.
 */
export function quietly<Value>(read: () => Value): Value | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
