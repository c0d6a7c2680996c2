import { recordOf } from './values'

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
export function filteredByIntegrations(event: Record<string, unknown>, destination: CatalogEntry): string | null {
  const entries = [...namesOf(destination), 'All'].flatMap((name) => entriesNamed(name, event))
  const [decisive] = entries
  if (!decisive || !isFalse(decisive.value)) return null
  return `The event's integrations object turns this destination off: ${JSON.stringify(decisive.key)} is false`
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
function entriesNamed(
  name: string,
  { integrations, options }: Record<string, unknown>
): { key: string; value: unknown }[] {
  return [integrations, recordOf(options).integrations]
    .flatMap((place) => Object.entries(recordOf(place)))
    .filter(([key, value]) => key.trim().toLowerCase() === name.toLowerCase() && value !== null)
    .map(([key, value]) => ({ key, value }))
}

function isFalse(value: unknown): boolean {
  return value === false || (typeof value === 'string' && value.trim().toLowerCase() === 'false')
}
