import type { DestinationDefinition, JSONObject } from '@segment/actions-core'

/** Values of the settings that a definition declares, secrets included. */
export type SettingValues = Record<string, string | number | boolean>

/** A definition of any destination; what its settings must be is known only when it is asked. */
export type AnyDefinition = DestinationDefinition<JSONObject>

/** Keys of the settings that nobody may see. */
export function secretKeys({ authentication }: AnyDefinition): string[] {
  const fields = Object.entries(authentication?.fields ?? {})
  return fields.filter(([, { type }]) => type === 'password').map(([key]) => key)
}

/** The values that a definition declares, among others. */
export function declared({ authentication }: AnyDefinition, values: Record<string, unknown>): SettingValues {
  const known = Object.keys(authentication?.fields ?? {}).filter((key) => isSettingValue(values[key]))
  // Only values of these types are left.
  return Object.fromEntries(known.map((key) => [key, values[key]])) as SettingValues
}

function isSettingValue(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value)
}
