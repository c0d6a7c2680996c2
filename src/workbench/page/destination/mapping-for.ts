import type { Action } from '../../contract'

/** What an action's fields hold before anybody has edited them. */
export function defaultMapping({ fields }: Action): Record<string, unknown> {
  return Object.fromEntries(fields.filter((field) => field.default !== null).map((field) => [field.key, field.default]))
}

/** The mapping for another action: fields that both have stay, the others begin with their defaults. */
export function mappingFor(action: Action, former: Record<string, unknown>): Record<string, unknown> {
  const known = new Set(action.fields.map(({ key }) => key))
  const kept = Object.entries(former).filter(([key]) => known.has(key))
  return { ...defaultMapping(action), ...Object.fromEntries(kept) }
}
