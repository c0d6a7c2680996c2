import { LRUCache } from 'lru-cache'
import type { Connection } from './connection'
import { GoalDirectory } from './goal-directory'

/** What was found under a `LINK_` key; empty where nothing was. */
export interface Link {
  visitorCode?: string
}

/** What this process remembers of one project at Kameleoon. */
export interface Project {
  goals: GoalDirectory
  /** By `LINK_` key. */
  links: LRUCache<string, Link>
  /** Held while maps are read, merged and written, so that two batches never undo each other. */
  mapLocks: KeyLocks
}

/** A link found is kept as long as the goal directory; one that is missing may be stored any moment, so less long. */
export const LINK_MILLISECONDS = 10 * 60 * 1000
export const MISSING_LINK_MILLISECONDS = 60 * 1000

const projects = new LRUCache<string, Project>({ max: 500 })

/** The memory of a connection's project; two accounts or two projects never share one. */
export function projectOf({ accountDigest, siteCode, dataHost }: Connection): Project {
  const key = `${accountDigest} ${siteCode} ${dataHost}`
  const known = projects.get(key)
  if (known) return known
  const project: Project = {
    goals: new GoalDirectory(),
    links: new LRUCache({ max: 10_000, ttl: LINK_MILLISECONDS }),
    mapLocks: new KeyLocks()
  }
  projects.set(key, project)
  return project
}

/** Lets actions that share a key run one after the other, in the order in which they came; others run side by side. */
export class KeyLocks {
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
