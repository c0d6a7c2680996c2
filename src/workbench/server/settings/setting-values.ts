import { Destination, type DestinationDefinition, type JSONObject } from '@segment/actions-core'
import { isRecord, problemsIn, UsageError } from '../../../segment-host'
import type { Problem } from '../../contract'

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

/** What the definition has against these settings, each with the setting's key as `values.<key>`. */
export function settingProblems(definition: AnyDefinition, values: SettingValues): Problem[] {
  const known = Object.keys(definition.authentication?.fields ?? {})
  const unknown = Object.keys(values).filter((key) => !known.includes(key))
  if (unknown.length > 0) return unknown.map((key) => unknownSetting(key, known))
  try {
    // The check removes and changes members, so it gets a copy.
    new Destination(definition).validateSettings({ ...values })
    return []
  } catch (error) {
    return problemsIn(error, 'values')
  }
}

function unknownSetting(key: string, known: string[]): Problem {
  return { field: `values.${key}`, message: `There is no setting "${key}"; there are ${known.join(', ')}` }
}

export const TARGETS = ['emulator', 'real'] as const
export type TargetKind = (typeof TARGETS)[number]
export type ByTarget = Record<TargetKind, SettingValues>

/** What the file of settings holds: where events go to, and what was typed for each target. */
export type SavedSettings = ByTarget & { target: TargetKind }

export const nothingSaved = (): SavedSettings => ({ target: 'emulator', emulator: {}, real: {} })

/**
 * Reads the text of a settings file. Throws a UsageError that names the file and the place, and never quotes the text:
 * there are secrets in it.
 */
export function savedSettingsIn(text: string, path: string, definition: AnyDefinition): SavedSettings {
  const content = parsed(text, path)
  if (!isRecord(content)) throw new UsageError(`${path}: expected a JSON object with target, emulator and real`)
  const target = TARGETS.find((kind) => kind === content.target)
  if (!target) throw new UsageError(`${path}: "target" must be one of ${TARGETS.join(', ')}`)
  return {
    target,
    emulator: valuesIn(content.emulator, `${path}: "emulator"`, definition),
    real: valuesIn(content.real, `${path}: "real"`, definition)
  }
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The reason that the parser gives quotes what stands around the fault.
    throw new UsageError(`${path} is not JSON; correct it, or remove it to start without saved settings`)
  }
}

function valuesIn(values: unknown, place: string, definition: AnyDefinition): SettingValues {
  if (values === undefined) return {}
  if (!isRecord(values)) throw new UsageError(`${place} must be an object of settings`)
  return declared(definition, values)
}
