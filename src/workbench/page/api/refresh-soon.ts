import type { QueryClient, QueryKey } from '@tanstack/react-query'

/** Many changes at once are asked about once, after the last of them too. */
const AT_MOST_EVERY = 400

const waiting = new Map<string, QueryKey>()
let timer: ReturnType<typeof setTimeout> | undefined

/** Has the answers under a key asked for again in a moment, as far as they are on the page. */
export function refreshSoon(client: QueryClient, key: QueryKey): void {
  waiting.set(JSON.stringify(key), key)
  timer ??= setTimeout(() => {
    timer = undefined
    const keys = [...waiting.values()]
    waiting.clear()
    for (const queryKey of keys) void client.invalidateQueries({ queryKey })
  }, AT_MOST_EVERY)
}
