import type { DestinationDefinition } from '@segment/actions-core'
import type { Problem, Rule } from '../problems'
import { batching, dynamicFields } from './actions'
import { dependencies, secrets, values } from './fields'
import { presets, subscriptions } from './presets'
import { texts, titles } from './texts'

/** There is something to run: a name and a slug for the catalog, actions, and settings that can be tested. */
export const parts: Rule = ({ name, slug, mode, actions, authentication }) => {
  const problems: Problem[] = []
  if (!name.trim()) problems.push({ place: 'name', fault: 'is empty' })
  if (!/^actions-[a-z0-9-]+$/.test(slug ?? '')) {
    problems.push({ place: 'slug', fault: `must be "actions-" and a name in small letters, but it is "${slug ?? ''}"` })
  }
  if (mode !== 'cloud') problems.push({ place: 'mode', fault: `must be "cloud", but it is "${String(mode)}"` })
  if (Object.keys(actions).length === 0) problems.push({ place: 'actions', fault: 'has none' })
  if (authentication && !authentication.testAuthentication) {
    problems.push({ place: 'authentication', fault: 'has no testAuthentication: wrong settings would not be noticed' })
  }
  return problems
}

/** Segment's own rules and the stricter ones, in the order in which their problems are printed. */
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

/** Every problem of a definition, from Segment's rules and the stricter ones. Empty when there is none. */
export function problemsIn<Settings>(definition: DestinationDefinition<Settings>): Problem[] {
  return RULES.flatMap((rule) => rule(definition))
}
