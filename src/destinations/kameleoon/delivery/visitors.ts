import type { KameleoonClient } from '../kameleoon-api/client'
import { MAX_MAP_KEY_LENGTH } from '../kameleoon-api/limits'
import { LINK_MILLISECONDS, MISSING_LINK_MILLISECONDS, projectOf } from '../kameleoon-api/project'
import type { Link } from '../kameleoon-api/project'
import { LINK_FIELD } from '../plan/stored-maps'
import { KEY_PREFIXES } from '../plan/stored-maps'
import { hasLoneSurrogate } from '../values'
import { visitorByUserId } from '../visitor'
import { visitorCodeOf } from '../visitor'
import type { LinkedVisitor, Visitor, VisitorReference } from '../visitor'
import type { Failure } from './failure'
import type { Gate } from './halving'
import type { Outcome, Rejected } from './outcome'
import { readStored } from './stored-maps'

export interface Links {
  /**
   * The visitor that a reference means.
   * @returns the rejection if the link could not be looked up
   * @throws InvalidFieldError if there is neither a link nor a user id
   */
  visitorOf(reference: VisitorReference): Visitor | Rejected
}

/** Looks up links, 100 ids a request, and remembers them. */
export async function lookUpLinks(client: KameleoonClient, references: LinkedVisitor[], gate: Gate): Promise<Links> {
  const keys = [...new Set(references.flatMap(linkKeys))]
  const { links } = projectOf(client.connection)
  const found = new Map(keys.map((key) => [key, links.get(key)]))
  const unknown = keys.filter((key) => !found.get(key))
  const { maps, failures } = await readStored(client, unknown, gate)
  for (const [key, fields] of maps) {
    const link = { visitorCode: usableCode(fields[LINK_FIELD]) }
    links.set(key, link, { ttl: link.visitorCode ? LINK_MILLISECONDS : MISSING_LINK_MILLISECONDS })
    found.set(key, link)
  }
  return linksIn(found, failures)
}

/** For events none of which needs a link. */
export const NO_LINKS = linksIn(new Map(), new Map())

/** Anyone with the API key may write maps: what is no visitor code counts as no link. */
function usableCode(value: unknown): string | undefined {
  try {
    return visitorCodeOf(value, LINK_FIELD)
  } catch {
    return undefined
  }
}

export function isLinked(reference: VisitorReference | Outcome): reference is LinkedVisitor {
  return reference.kind === 'linked'
}

function linksIn(found: Map<string, Link | undefined>, failures: Map<string, Failure>): Links {
  return { visitorOf: (reference) => resolve(reference, found, failures) }
}

function resolve(
  reference: VisitorReference,
  found: Map<string, Link | undefined>,
  failures: Map<string, Failure>
): Visitor | Rejected {
  if (!isLinked(reference)) return reference
  for (const key of linkKeys(reference)) {
    const failure = failures.get(key)
    if (failure) return { kind: 'rejected', failure }
    const visitorCode = found.get(key)?.visitorCode
    if (visitorCode !== undefined) return { kind: 'visitor', visitorCode, isUserId: false }
  }
  return visitorByUserId(reference.userId)
}

/** A link under a longer key, or one that cannot be written as UTF-8, was never stored. */
function linkKeys({ linkedIds }: LinkedVisitor): string[] {
  return linkedIds
    .map((id) => KEY_PREFIXES.link + id.trim())
    .filter((key) => key.length <= MAX_MAP_KEY_LENGTH && !hasLoneSurrogate(key))
}
