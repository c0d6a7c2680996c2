import type { Subscription } from '../../../segment-host'

/** A subscription as it is saved: with an id, and enabled or disabled. */
export interface SavedSubscription extends Subscription {
  id: string
  enabled: boolean
}

/** A subscription as a user writes it: without an id. */
export type SubscriptionDraft = Omit<SavedSubscription, 'id'>

/** The draft in a request body, without other members. The schema of the route has checked the body. */
export function draftOf(body: unknown): SubscriptionDraft {
  // Checked by the schema; the members of a mapping are JSON because the body was parsed from JSON.
  const { name, partnerAction, subscribe, enabled, mapping } = body as SubscriptionDraft
  return { name, partnerAction, subscribe, enabled, mapping }
}

/** Gives out readable ids made from names, such as `track-calls`. No id is given to two subscriptions in one session. */
export class Ids {
  private readonly given = new Set<string>()

  /**
   * The entries of a list, each with an id that is unique in the list: its own id if it has one, else one made from its name.
   * The same list always gets the same ids.
   */
  among<Entry extends { id?: string; name: string }>(entries: Entry[]): (Entry & { id: string })[] {
    const wanted = new Set(entries.flatMap(({ id }) => id ?? []))
    const taken = new Set<string>()
    return entries.map((entry) => {
      const own = entry.id !== undefined && !taken.has(entry.id) ? entry.id : undefined
      const id = own ?? freeId(entry.name, (slug) => taken.has(slug) || wanted.has(slug))
      taken.add(id)
      this.given.add(id)
      return { ...entry, id }
    })
  }

  /** An id that no subscription has or had. */
  next(name: string): string {
    const id = freeId(name, (slug) => this.given.has(slug))
    this.given.add(id)
    return id
  }
}

function freeId(name: string, isTaken: (id: string) => boolean): string {
  const slug = slugOf(name)
  let id = slug
  for (let number = 2; isTaken(id); number++) id = `${slug}-${number}`
  return id
}

function slugOf(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-|-$/g, '')
  return slug || 'mapping'
}
