import type { KameleoonClient } from '../kameleoon-api/http'
import { readableParts, readMaps } from '../kameleoon-api/data-api'
import type { StoredMap } from '../kameleoon-api/data-api'
import { hasOtherWriters } from '../kameleoon-api/locks'
import { LINK_MILLISECONDS, MISSING_LINK_MILLISECONDS, projectOf } from '../kameleoon-api/project'
import type { Link } from '../kameleoon-api/project'
import type { MapWrite } from '../plan/plan'
import { LINK_FIELD, linkIn, possibleKeys } from '../plan/stored-maps'
import { visitorCodeOf } from '../visitor'
import type { LinkedVisitor, Visitor } from '../visitor'
import type { Failure } from './failure'
import { HalvingSender } from './halving'
import type { Stops } from './halving'
import type { Rejected } from './outcome'

/** Stored maps by key, and for keys that could not be read, why. */
export interface StoredMaps {
  maps: Map<string, StoredMap>
  failures: Map<string, Failure>
}

/** Reads stored maps, 100 keys a request. A key under which nothing is stored has an empty map. */
export async function readStored(client: KameleoonClient, keys: readonly string[], stops: Stops): Promise<StoredMaps> {
  const maps = new Map<string, StoredMap>()
  const failures = new Map<string, Failure>()
  const sender = new HalvingSender<string, Map<string, StoredMap>>(stops, stops.reading, {
    send: (some) => readMaps(client, some),
    delivered: (some, found) => some.forEach((key) => maps.set(key, found.get(key) ?? {})),
    failed: (some, failure) => some.forEach((key) => failures.set(key, failure))
  })
  await sender.sendAll(readableParts(keys))
  return { maps, failures }
}

/** A visitor to look up, and when the event happened, in milliseconds since 1970. */
export interface WantedLink {
  visitor: LinkedVisitor
  time: number
}

/** The links of Segment ids to visitor codes that the events of a batch need: stored ones, and those that the batch itself makes. */
export class Links {
  /** Links of events of the batch that were planned so far, by key. */
  private readonly made = new Map<string, string>()
  /** The same in the order in which the events stand in the batch. */
  private readonly makers: Array<{ key: string; visitorCode: string; position: number }> = []

  private constructor(
    /** Links that are stored at Kameleoon, by key. */
    private readonly stored: Map<string, Link>,
    /** Why a link could not be read, by key. */
    private readonly failures: Map<string, Failure>
  ) {}

  /** Looks links up, in memory or at Kameleoon, and remembers them. */
  static async of(client: KameleoonClient, wanted: readonly WantedLink[], stops: Stops): Promise<Links> {
    const { links } = projectOf(client.connection)
    const stored = new Map<string, Link>()
    const unknown = new Set<string>()
    for (const { visitor, time } of wanted) {
      for (const key of linkKeys(visitor)) {
        const link = hasOtherWriters() ? undefined : links.get(key)
        if (link && isCertain(link, time)) stored.set(key, link)
        else unknown.add(key)
      }
    }
    const { maps, failures } = await readStored(client, [...unknown], stops)
    for (const [key, fields] of maps) {
      const link = { visitorCode: usableCode(fields[LINK_FIELD]), lookedUpAt: Date.now() }
      links.set(key, link, { ttl: link.visitorCode ? LINK_MILLISECONDS : MISSING_LINK_MILLISECONDS })
      stored.set(key, link)
    }
    return new Links(stored, failures)
  }

  /** Notes the links that an event of the batch makes: they count for the events planned after it. */
  make(mapWrites: readonly MapWrite[], position: number): void {
    for (const write of mapWrites) {
      const visitorCode = linkIn(write)
      if (visitorCode === undefined) continue
      this.made.set(write.key, visitorCode)
      this.makers.push({ key: write.key, visitorCode, position })
    }
  }

  /**
   * The visitor that an id is linked to.
   * @returns the rejection of the event if a link could not be read; undefined if there is no link
   */
  find(linked: LinkedVisitor): Visitor | Rejected | undefined {
    for (const key of linkKeys(linked)) {
      const made = this.made.get(key)
      const failure = this.failures.get(key)
      if (made === undefined && failure) return { kind: 'rejected', failure }
      const visitorCode = made ?? this.stored.get(key)?.visitorCode
      if (visitorCode !== undefined) return visitorLinked(linked, visitorCode)
    }
    return undefined
  }

  /** The visitor by a link of an event that stands earlier in the batch, though it happened later by its clock. */
  findEarlier(linked: LinkedVisitor, position: number): Visitor | undefined {
    for (const key of linkKeys(linked)) {
      const earlier = this.makers.filter((maker) => maker.key === key && maker.position < position)
      if (earlier.length > 0) return visitorLinked(linked, earlier[earlier.length - 1].visitorCode)
    }
    return undefined
  }
}

function visitorLinked({ ids, notes }: LinkedVisitor, visitorCode: string): Visitor {
  return { kind: 'visitor', visitorCode, isUserId: false, ids, notes }
}

function linkKeys({ ids: { userId, anonymousId } }: LinkedVisitor): string[] {
  return possibleKeys(
    'link',
    [userId, anonymousId].filter((id): id is string => id !== undefined)
  )
}

/** That there is no link is certain only for events that happened before it was looked up. */
function isCertain({ visitorCode, lookedUpAt }: Link, time: number): boolean {
  return visitorCode !== undefined || time <= lookedUpAt
}

/** Anyone with the API key can write maps, so a value that cannot be a visitor code counts as no link. */
function usableCode(value: unknown): string | undefined {
  try {
    return visitorCodeOf(value, LINK_FIELD)
  } catch {
    return undefined
  }
}
