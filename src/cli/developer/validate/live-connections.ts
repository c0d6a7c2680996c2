import type { CommittedMetadata, Requirement } from '../metadata/committed-metadata'
import type { Problem } from './problem'

type Fields = Record<string, Requirement>

/**
 * What would break connections that customers already have: names they are kept under that change, actions that go, and
 * settings or fields that they would suddenly have to fill in.
 */
export function breaksOf(committed: CommittedMetadata, present: CommittedMetadata): Problem[] {
  const problems: Problem[] = []
  for (const key of ['slug', 'name'] as const) {
    if (committed[key] === present[key]) continue
    problems.push({ place: key, fault: `was "${committed[key]}" and cannot become "${present[key]}"` })
  }
  problems.push(
    ...newlyRequired('authentication.fields', committed.authentication?.fields, present.authentication?.fields)
  )
  for (const [key, { fields }] of Object.entries(committed.actions)) {
    const place = `actions.${key}`
    if (present.actions[key]) problems.push(...newlyRequired(`${place}.fields`, fields, present.actions[key].fields))
    else problems.push({ place, fault: 'was there and cannot go: mappings use it' })
  }
  return problems
}

function newlyRequired(place: string, committed: Fields = {}, present: Fields = {}): Problem[] {
  return Object.entries(present)
    .filter(([key, { required }]) => required && !committed[key]?.required)
    .map(([key]) => ({
      place: `${place}.${key}`,
      fault: 'is newly required: connections made before have no value for it'
    }))
}
