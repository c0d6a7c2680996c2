import { isRecord, memberOf } from './values'

/** A destination as Segment's catalog has it. */
export interface CatalogEntry {
  /** For example `Kameleoon (Actions)`. */
  name: string
  /** For example `actions-kameleoon`. */
  slug?: string
}

/**
 * Why the event's own `integrations` object keeps it from a destination, or null when it does not. An entry for the
 * destination takes precedence over `All`; only `false`, or its text, filters the event. Names count in any case.
 * https://segment.com/docs/guides/filtering-data/#filtering-with-the-integrations-object
 */
export function filteredByIntegrations(event: object, destination: CatalogEntry): string | null {
  const written = entriesIn(event)
  if (written.length === 0) return null
  const entries = [...namesOf(destination), 'All'].flatMap((name) => written.filter(isNamed(name)))
  const [decisive] = entries
  if (!decisive || !isFalse(decisive[1])) return null
  return `The event's integrations object turns this destination off: ${JSON.stringify(decisive[0])} is false`
}

/**
 * Every name that a destination page of Segment's documentation lists for the integrations object, its slug, and the name
 * without the addition for the framework. https://segment.com/docs/connections/destinations/catalog/actions-kameleoon/
 */
function namesOf({ name, slug }: CatalogEntry): string[] {
  const plain = name.replace(/\s*\(actions\)$/i, '')
  return [name, `Actions ${plain}`, ...(slug === undefined ? [] : [slug]), plain]
}

/** Old libraries put the object into `options`. An entry of null says nothing. */
function entriesIn(event: object): [string, unknown][] {
  const [current, old] = [memberOf(event, 'integrations'), memberOf(memberOf(event, 'options'), 'integrations')]
  return [...entriesOf(current), ...entriesOf(old)]
}

function entriesOf(integrations: unknown): [string, unknown][] {
  return isRecord(integrations) ? Object.entries(integrations).filter(([, value]) => value !== null) : []
}

const isNamed =
  (name: string) =>
  ([key]: [string, unknown]): boolean =>
    key.trim().toLowerCase() === name.toLowerCase()

function isFalse(value: unknown): boolean {
  return value === false || (typeof value === 'string' && value.trim().toLowerCase() === 'false')
}
