import { UsageError, frameworkFor, isRecord, problemsIn } from '../../../segment-host'
import type { Problem } from '../../contract'
import { type HostedDefinition, TARGETS, type TargetKind } from '../hosted'

/** Values of the settings that a definition declares, secrets included. */
export type SettingValues = Record<string, string | number | boolean>

/** Keys of the settings that are secret: the password fields. */
export function secretKeys({ authentication }: HostedDefinition): string[] {
  const fields = Object.entries(authentication?.fields ?? {})
  return fields.filter(([, { type }]) => type === 'password').map(([key]) => key)
}

/** The values of settings that the definition declares; other members are ignored. */
function declared({ authentication }: HostedDefinition, values: Record<string, unknown>): SettingValues {
  const known = Object.keys(authentication?.fields ?? {}).filter((key) => isSettingValue(values[key]))
  // Only values of these types are left.
  return Object.fromEntries(known.map((key) => [key, values[key]])) as SettingValues
}

function isSettingValue(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value)
}

/** Why the definition rejects these settings; each problem names its setting as `values.<key>`. */
export function settingProblems(definition: HostedDefinition, values: SettingValues): Problem[] {
  const known = Object.keys(definition.authentication?.fields ?? {})
  const unknown = Object.keys(values).filter((key) => !known.includes(key))
  if (unknown.length > 0) return unknown.map((key) => unknownSetting(key, known))
  try {
    // The framework changes the object that it checks.
    frameworkFor(definition).validateSettings({ ...values })
    return []
  } catch (error) {
    return problemsIn(error, 'values')
  }
}

function unknownSetting(key: string, known: string[]): Problem {
  return { field: `values.${key}`, message: `There is no setting "${key}"; known settings are ${known.join(', ')}` }
}

export type ByTarget = Record<TargetKind, SettingValues>

/** The content of the settings file: where events go, and what was typed for each target. */
export type SavedSettings = ByTarget & { target: TargetKind }

export const nothingSaved = (): SavedSettings => ({ target: 'emulator', emulator: {}, real: {} })

/**
 * Reads the text of a settings file. Throws a UsageError that names the file and the place. It never quotes the text, because
 * the text contains secrets.
 */
export function savedSettingsIn(text: string, path: string, definition: HostedDefinition): SavedSettings {
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
    // The parser's own message quotes the text.
    throw new UsageError(`${path} is not JSON; correct it, or delete it to start without saved settings`)
  }
}

function valuesIn(values: unknown, place: string, definition: HostedDefinition): SettingValues {
  if (values === undefined) return {}
  if (!isRecord(values)) throw new UsageError(`${place} must be an object of settings`)
  return declared(definition, values)
}
