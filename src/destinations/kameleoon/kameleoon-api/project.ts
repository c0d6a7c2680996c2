import { LRUCache } from 'lru-cache'
import type { Connection } from './connection'
import { GoalDirectory } from './goal-directory'

/** The visitor code found under a `LINK_` key, if there was one. */
export interface Link {
  visitorCode?: string
}

/** What this process remembers of one project at Kameleoon. */
export interface Project {
  goals: GoalDirectory
  /** By `LINK_` key. */
  links: LRUCache<string, Link>
  /** Held while maps are read, merged and written, so that no batch overwrites what another has just written. */
  mapLocks: KeyLocks
}

/** How long links are remembered. A missing link may be stored at any moment, so its absence is remembered for less time. */
export const LINK_MILLISECONDS = 10 * 60 * 1000
export const MISSING_LINK_MILLISECONDS = 60 * 1000

/** Exchanges credentials for a token that may be used for so many milliseconds. */
type Exchange = () => Promise<{ token: string; usableMilliseconds: number }>

/** All that a process keeps between calls. Each cache is bounded, and its keys contain a digest of the credentials. */
export const processMemory = {
  /** Access tokens, by account. Concurrent exchanges for one account are joined; a failed one is not kept. */
  tokens: new LRUCache<string, string, Exchange>({
    max: 1000,
    // By default the cache starts a timer whenever it reads the clock, which takes longer than reading it.
    ttlResolution: 0,
    fetchMethod: async (_digest, _stale, { options, context: exchange }) => {
      const { token, usableMilliseconds } = await exchange()
      options.ttl = usableMilliseconds
      return token
    }
  }),
  /** By account, site code and host. */
  projects: new LRUCache<string, Project>({ max: 500 })
}

/** The memory of a connection's project; two accounts or two projects never share one. */
export function projectOf({ accountDigest, siteCode, dataHost }: Connection): Project {
  const key = `${accountDigest} ${siteCode} ${dataHost}`
  const known = processMemory.projects.get(key)
  if (known) return known
  const project: Project = {
    goals: new GoalDirectory(),
    links: new LRUCache({ max: 10_000, ttl: LINK_MILLISECONDS }),
    mapLocks: new KeyLocks()
  }
  processMemory.projects.set(key, project)
  return project
}

/** Lets actions that share a key run one after the other, in the order in which they came; others run side by side. */
class KeyLocks {
  /** For each key in use, when the last action that wants it has ended. */
  private readonly ends = new Map<string, Promise<unknown>>()

  /** Runs an action once all its keys are free. All keys are claimed at once, so no two actions wait for each other. */
  async run<T>(keys: readonly string[], action: () => Promise<T>): Promise<T> {
    const result = Promise.all(keys.map((key) => this.ends.get(key) ?? Promise.resolve())).then(action)
    const end = result.catch(() => undefined)
    for (const key of keys) this.ends.set(key, end)
    try {
      return await result
    } finally {
      for (const key of keys) if (this.ends.get(key) === end) this.ends.delete(key)
    }
  }
}
