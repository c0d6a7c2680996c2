import type { DestinationDefinition } from '@segment/actions-core'
import { batching } from './batching'
import { dependencies } from './dependencies'
import { dynamicFields } from './dynamic-fields'
import { parts } from './parts'
import { presets } from './presets'
import type { Problem, Rule } from './problem'
import { secrets } from './secrets'
import { subscriptions } from './subscriptions'
import { texts } from './texts'
import { titles } from './titles'
import { values } from './values'

/** Segment's own rules and the stricter ones, in the order in which their problems are told. */
const RULES: Rule[] = [
  parts,
  titles,
  texts,
  secrets,
  values,
  dependencies,
  subscriptions,
  presets,
  dynamicFields,
  batching
]

/** Everything about a definition that Segment would reject, or that would not work. Empty when all is well. */
export function problemsIn<Settings>(definition: DestinationDefinition<Settings>): Problem[] {
  return RULES.flatMap((rule) => rule(definition))
}
