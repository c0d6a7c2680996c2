import type { KameleoonClient } from '../kameleoon-api/http'
import { readableParts, readMaps } from '../kameleoon-api/data-api'
import type { StoredMap } from '../kameleoon-api/data-api'
import { LINK_MILLISECONDS, MISSING_LINK_MILLISECONDS, projectOf } from '../kameleoon-api/project'
import type { Link } from '../kameleoon-api/project'
import { goalNames } from '../plan/conversion'
import type { NamedGoal } from '../plan/plan'
import { LINK_FIELD, possibleKeys } from '../plan/stored-maps'
import { visitorByUserId, visitorCodeOf } from '../visitor'
import type { LinkedVisitor, Visitor } from '../visitor'
import { failureOf } from './failure'
import type { Failure } from './failure'
import { sendHalving } from './halving'
import type { Stop } from './halving'
import type { Message, Rejected } from './outcome'

/** Stored maps by key, and for keys that could not be read, why. */
export interface StoredMaps {
  maps: Map<string, StoredMap>
  failures: Map<string, Failure>
}

/** Reads stored maps, 100 keys a request. A key under which nothing is stored has an empty map. */
export async function readStored(client: KameleoonClient, keys: readonly string[], stop: Stop): Promise<StoredMaps> {
  const maps = new Map<string, StoredMap>()
  const failures = new Map<string, Failure>()
  for (const part of readableParts(keys)) {
    await sendHalving<string, Map<string, StoredMap>>(part, stop, {
      send: (some) => readMaps(client, some),
      delivered: (some, found) => some.forEach((key) => maps.set(key, found.get(key) ?? {})),
      failed: (some, failure) => some.forEach((key) => failures.set(key, failure))
    })
  }
  return { maps, failures }
}

/** The links of Segment ids to visitor codes that the events of a batch need. */
export class Links {
  private constructor(
    private readonly found: Map<string, Link | undefined>,
    private readonly failures: Map<string, Failure>
  ) {}

  /** Looks links up, in memory or at Kameleoon, and remembers them. */
  static async of(client: KameleoonClient, visitors: LinkedVisitor[], stop: Stop): Promise<Links> {
    const keys = [...new Set(visitors.flatMap(linkKeys))]
    const { links } = projectOf(client.connection)
    const found = new Map(keys.map((key) => [key, links.get(key)]))
    const unknown = keys.filter((key) => !found.get(key))
    const { maps, failures } = await readStored(client, unknown, stop)
    for (const [key, fields] of maps) {
      const link = { visitorCode: usableCode(fields[LINK_FIELD]) }
      links.set(key, link, { ttl: link.visitorCode ? LINK_MILLISECONDS : MISSING_LINK_MILLISECONDS })
      found.set(key, link)
    }
    return new Links(found, failures)
  }

  /**
   * The visitor that an id is linked to, else the visitor by the user id.
   * @returns the rejection of the event if a link could not be read
   * @throws InvalidFieldError if there is neither a link nor a user id
   */
  visitorOf(linked: LinkedVisitor): Visitor | Rejected {
    for (const key of linkKeys(linked)) {
      const failure = this.failures.get(key)
      if (failure) return { kind: 'rejected', failure }
      const visitorCode = this.found.get(key)?.visitorCode
      if (visitorCode !== undefined) return { kind: 'visitor', visitorCode, isUserId: false }
    }
    return visitorByUserId(linked.userId)
  }
}

function linkKeys({ linkedIds }: LinkedVisitor): string[] {
  return possibleKeys(
    'link',
    linkedIds.map((id) => id.trim())
  )
}

/** Anyone with the API key can write maps, so a value that cannot be a visitor code counts as no link. */
function usableCode(value: unknown): string | undefined {
  try {
    return visitorCodeOf(value, LINK_FIELD)
  } catch {
    return undefined
  }
}

/** A goal that events name and, once it was looked for, its number or why there is none. Both are absent if none may be created. */
interface WantedGoal {
  goal: NamedGoal
  goalId?: number
  failure?: Failure
}

/** The goals that the events of a batch name, each once. */
export class WantedGoals {
  private readonly goals = new Map<string, WantedGoal>()

  private constructor(private readonly client: KameleoonClient) {}

  /**
   * Finds the goals that messages name, in memory or at Kameleoon, and creates those that may be created. What fails is
   * noted with the goal, so only events that want it fail with it.
   */
  static async of(client: KameleoonClient, messages: Message[]): Promise<WantedGoals> {
    const wanted = new WantedGoals(client)
    for (const { plan } of messages) {
      for (const event of plan.visitEvents) {
        if (event.kind === 'conversion' && event.goal.kind === 'name') wanted.add(event.goal)
      }
    }
    const unknown = [...wanted.goals.values()].filter(({ goalId }) => goalId === undefined)
    await Promise.all(unknown.map((goal) => wanted.find(goal)))
    return wanted
  }

  get(goal: NamedGoal): WantedGoal | undefined {
    return this.goals.get(keyOf(goal))
  }

  private add(goal: NamedGoal): void {
    const key = keyOf(goal)
    if (this.goals.has(key)) return
    const known = projectOf(this.client.connection).goals.known(goalNames(goal.eventType, goal.name))
    this.goals.set(key, { goal, goalId: known?.id })
  }

  private async find(wanted: WantedGoal): Promise<void> {
    const { eventType, name, mayCreate } = wanted.goal
    const { goals } = projectOf(this.client.connection)
    const names = goalNames(eventType, name)
    try {
      const found = await (mayCreate ? goals.findOrCreate(this.client, names) : goals.find(this.client, names))
      wanted.goalId = found?.id
    } catch (error) {
      wanted.failure = failureOf(error)
    }
  }
}

/** One name may be wanted for two types of event, and by mappings that may and may not create it. */
function keyOf({ eventType, name, mayCreate }: NamedGoal): string {
  return `${eventType} ${mayCreate} ${name}`
}
