import { readFileSync } from 'fs'
import { isRecord, messageOf, UsageError } from '../../../segment-host'
import type { Problem } from './problems'

/** What has to stay as it is once customers use a destination: its names, and what they have to fill in. */
export interface CommittedMetadata {
  slug: string
  name: string
  authentication: { fields: Record<string, Requirement> } | null
  actions: Record<string, { fields: Record<string, Requirement> }>
}

export interface Requirement {
  required: unknown
}

/** The metadata.json at this path, or null where there is none. Throws a UsageError for a file that is not one. */
export function readCommittedMetadata(path: string): CommittedMetadata | null {
  try {
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (isMetadata(content)) return content
  } catch (error) {
    if (Object(error) === error && Reflect.get(Object(error) as object, 'code') === 'ENOENT') return null
    throw new UsageError(`Cannot read ${path}: ${messageOf(error)}`)
  }
  throw new UsageError(`${path} is not the metadata.json of a destination: slug, name or actions are missing`)
}

function isMetadata(content: unknown): content is CommittedMetadata {
  const { slug, name, authentication, actions } = Object(content) as Record<string, unknown>
  if (typeof slug !== 'string' || typeof name !== 'string' || !isRecord(actions)) return false
  if (authentication !== null && !hasFields(authentication)) return false
  return Object.values(actions).every(hasFields)
}

function hasFields(value: unknown): boolean {
  return isRecord(value) && isRecord(value.fields) && Object.values(value.fields).every(isRecord)
}

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
