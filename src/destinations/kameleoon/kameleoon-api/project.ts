import { LRUCache } from 'lru-cache'
import type { Connection } from './connection'
import { GoalDirectory } from './goal-directory'
import { KeyLocks } from './key-locks'

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

/** Starts from empty, as a new process does. */
export function forgetProjects(): void {
  projects.clear()
}
