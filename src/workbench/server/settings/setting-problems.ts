import { Destination } from '@segment/actions-core'
import type { Problem } from '../../contract'
import { problemsIn } from '../../../segment-host/faulty-fields'
import type { AnyDefinition, SettingValues } from './setting-values'

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
