import { isRecord } from '../../../segment-host/subscriptions/kind-of'
import { UsageError } from '../usage-error'
import { declared, type AnyDefinition, type SettingValues } from './setting-values'

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
