import { readFileSync } from 'fs'
import { messageOf, UsageError } from '../../../segment-host'

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

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
