import { LRUCache } from 'lru-cache'
import { AutomationSite } from './automation-site'
import type { Connection } from './connection'
import { CustomDataDirectory, MappingIdentifier } from './custom-data-directory'
import { GoalDirectory } from './goal-directory'
import { REMEMBERED } from './limits'

/** The visitor code found under a `LINK_` key, if there was one. */
export interface Link {
  visitorCode?: string
  /** In milliseconds since 1970. */
  lookedUpAt: number
}

/** What this process remembers of one project at Kameleoon. */
export interface Project {
  goals: GoalDirectory
  customData: CustomDataDirectory
  mappingIdentifier: MappingIdentifier
  links: RememberedLinks
}

/** How long links are remembered. A missing link may be stored at any moment, so its absence is remembered for less time. */
export const LINK_MILLISECONDS = 10 * 60 * 1000
export const MISSING_LINK_MILLISECONDS = 60 * 1000

/** Exchanges credentials for a token that may be used for so many milliseconds. */
type Exchange = () => Promise<{ token: string; usableMilliseconds: number }>

/**
 * All that a process keeps between calls. Each cache is bounded for all accounts and projects together, and its keys contain
 * a digest of the credentials, never the credentials.
 */
export const processMemory = {
  /** Access tokens, by account. Concurrent exchanges for one account are joined; a failed one is not kept. */
  tokens: new LRUCache<string, string, Exchange>({
    max: REMEMBERED.tokens,
    // By default the cache starts a timer whenever it reads the clock, which takes longer than reading it.
    ttlResolution: 0,
    // An exchange whose place was needed for another account ends all the same, for those who wait for it.
    ignoreFetchAbort: true,
    fetchMethod: async (_digest, _stale, { options, context: exchange }) => {
      const { token, usableMilliseconds } = await exchange()
      options.ttl = usableMilliseconds
      return token
    }
  }),
  /** By account, site code and host. */
  projects: new LRUCache<string, Project>({
    max: REMEMBERED.projects,
    dispose: ({ goals }) => goalCounts.delete(goals)
  })
}

/** How many goals each project remembers. Those of the projects that needed them least lately are forgotten first. */
const goalCounts = new LRUCache<GoalDirectory, number>({
  maxSize: REMEMBERED.goals,
  // One project alone may have more, and needs them all the same.
  sizeCalculation: (count) => Math.min(count, REMEMBERED.goals),
  dispose: (_count, goals, reason) => reason === 'evict' && goals.forget()
})

/** Keeps the goals of all projects together within the bound, after those of this one were used. */
export function boundGoals(connection: Connection): void {
  const { goals } = projectOf(connection)
  if (goals.size > 0) goalCounts.set(goals, goals.size)
}

/** The memory of a connection's project; two accounts or two projects never share one. */
export function projectOf({ accountDigest, siteCode, dataHost }: Connection): Project {
  const key = `${accountDigest} ${siteCode} ${dataHost}`
  const known = processMemory.projects.get(key)
  if (known) return known
  const site = new AutomationSite()
  const project: Project = {
    goals: new GoalDirectory(site),
    customData: new CustomDataDirectory(site),
    mappingIdentifier: new MappingIdentifier(),
    links: new RememberedLinks()
  }
  processMemory.projects.set(key, project)
  return project
}

/**
 * The links of all projects. With a greatest size, and no greatest number, the cache takes memory only as it fills; a store
 * for each project took 400 KB while it was empty.
 */
const links = new LRUCache<string, Link>({
  maxSize: REMEMBERED.links,
  sizeCalculation: () => 1,
  ttl: LINK_MILLISECONDS,
  ttlResolution: 0
})

/** The links of one project, by `LINK_` key. */
class RememberedLinks {
  /** Projects so far. A project that was forgotten and comes back has another number, and so begins without links. */
  private static count = 0

  private readonly project = `${RememberedLinks.count++}`

  get(key: string): Link | undefined {
    return links.get(this.nameOf(key))
  }

  set(key: string, link: Link, { ttl = LINK_MILLISECONDS } = {}): void {
    links.set(this.nameOf(key), link, { ttl })
  }

  delete(key: string): void {
    links.delete(this.nameOf(key))
  }

  private nameOf(key: string): string {
    return `${this.project} ${key}`
  }
}
