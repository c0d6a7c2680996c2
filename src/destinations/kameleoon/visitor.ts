import { InvalidFieldError, rejectLoneSurrogate } from './invalid-field'
import { MAX_VISITOR_CODE_LENGTH } from './kameleoon-api/limits'
import { isPlaceholder, notePlaceholder, placeholderNotes } from './placeholder'
import { kindOf, own } from './values'

/** Names under which events carry the visitor code: the current one, and that of the classic destination. */
export const VISITOR_CODE_NAMES: readonly string[] = ['kameleoonVisitorCode', 'k_visitorCode']

/** Whose event it is if it carries no visitor code. */
type VisitorFallback = 'linked visitor, else user id' | 'linked visitor only' | 'user id' | 'cross-device id' | 'reject'

/** The first is the default. */
export const VISITOR_FALLBACKS: readonly VisitorFallback[] = [
  'linked visitor, else user id',
  'linked visitor only',
  'user id',
  'cross-device id',
  'reject'
]

/** The fields of a payload that say whose event it is. */
export interface VisitorFields {
  kameleoonVisitorCode?: string
  anonymousId?: string
  userId?: string
  /** One of `VISITOR_FALLBACKS`. */
  visitorFallback?: string
  properties?: Record<string, unknown>
  context?: Record<string, unknown>
}

/** The Segment ids of an event, trimmed and without placeholders. */
export interface SegmentIds {
  userId?: string
  anonymousId?: string
}

/** The visitor an event belongs to. */
export interface Visitor {
  kind: 'visitor'
  /** The visitor code or what takes its place, see `identifiedBy`. */
  visitorCode: string
  /**
   * Without a visitor code the Segment user id takes its place: as `user id` it is sent as visitor code, as
   * `cross-device id` it is sent as the value of the project's mapping identifier, by which Kameleoon finds the visitor.
   */
  identifiedBy: 'visitor code' | 'user id' | 'cross-device id'
  ids: SegmentIds
  /** Placeholders that were found in place of an id, in words. */
  notes: readonly string[]
}

/** A visitor that is looked up when the event is delivered, by the Segment ids. */
export interface LinkedVisitor {
  kind: 'linked'
  ids: SegmentIds
  /** Whether the user id is the visitor code if no id is linked. */
  isElseUserId: boolean
  notes: readonly string[]
}

export type VisitorReference = Visitor | LinkedVisitor

const HOW_TO_MAP =
  'Put Kameleoon\'s visitor code into the event and map it to "Kameleoon Visitor Code", or send a userId that Kameleoon uses as visitor code too.'

/**
 * Finds the visitor of an event: the mapped visitor code, one inside the event, or what the mapping chooses for events
 * without. The anonymous id is never used as visitor code, since a wrong visitor falsifies experiments.
 * @throws InvalidFieldError if a value cannot be a visitor code, or if there is none at all
 */
export function visitorOf(payload: VisitorFields): VisitorReference {
  rejectCoerced(payload.properties)
  const found: string[] = []
  const ids: SegmentIds = {
    userId: segmentId(payload.userId, 'userId', found),
    anonymousId: segmentId(payload.anonymousId, 'anonymousId', found)
  }
  const visitorCode =
    visitorCodeOf(payload.kameleoonVisitorCode, 'kameleoonVisitorCode', found) ?? codeInside(payload, found)
  const notes = placeholderNotes(found)
  if (visitorCode !== undefined) return { kind: 'visitor', visitorCode, identifiedBy: 'visitor code', ids, notes }
  const fallback = fallbackOf(payload.visitorFallback)
  switch (fallback) {
    case 'linked visitor, else user id':
      if (hasId(ids)) return { kind: 'linked', ids, isElseUserId: true, notes }
      throw noVisitor(notes)
    case 'linked visitor only':
      if (hasId(ids)) return { kind: 'linked', ids, isElseUserId: false, notes }
      throw noVisitor(notes)
    case 'user id':
    case 'cross-device id':
      return visitorByUserId(ids, notes, fallback)
    case 'reject':
      throw noVisitor(notes, 'The mapping rejects events without it (Visitor Fallback).')
  }
}

/** The visitor of an event without visitor code and link. @throws InvalidFieldError if there is no user id either */
function visitorByUserId(
  ids: SegmentIds,
  notes: readonly string[],
  identifiedBy: Visitor['identifiedBy'] = 'user id'
): Visitor {
  const visitorCode = visitorCodeOf(ids.userId, 'userId')
  if (visitorCode === undefined) throw noVisitor(notes)
  return { kind: 'visitor', visitorCode, identifiedBy, ids, notes }
}

/** The visitor of an event whose ids are linked to no visitor code. @throws InvalidFieldError if nothing takes its place */
export function visitorWithoutLink({ ids, isElseUserId, notes }: LinkedVisitor): Visitor {
  if (isElseUserId) return visitorByUserId(ids, notes)
  throw noVisitor(
    notes,
    'No visitor code is linked to this user, and the mapping takes linked ones only (Visitor Fallback).'
  )
}

/** @param reason why nothing takes the place of the visitor code */
function noVisitor(notes: readonly string[], reason?: string): InvalidFieldError {
  return new InvalidFieldError(
    'kameleoonVisitorCode',
    ['is missing.', reason, ...notes, HOW_TO_MAP].filter(Boolean).join(' ')
  )
}

/**
 * A visitor code as Kameleoon accepts it: trimmed, 1 to 100 characters, one line.
 * @param field where the value comes from, for the error
 * @param found gets a note of a placeholder
 * @returns undefined for a value that is absent, blank or a placeholder
 * @throws InvalidFieldError for any other value that cannot be a visitor code; a code is never cut or replaced
 */
export function visitorCodeOf(value: unknown, field: string, found: string[] = []): string | undefined {
  if (value === undefined || value === null) return undefined
  if (!isId(value)) {
    throw new InvalidFieldError(field, `must be a string to be a visitor code, but it is ${kindOf(value)}.`)
  }
  const code = segmentId(value, field, found)
  if (code === undefined) return undefined
  if (code.length > MAX_VISITOR_CODE_LENGTH) {
    throw new InvalidFieldError(
      field,
      `has ${code.length} characters; a Kameleoon visitor code has at most ${MAX_VISITOR_CODE_LENGTH}.`
    )
  }
  if (/[\r\n\u0085\u2028\u2029]/.test(code)) {
    throw new InvalidFieldError(field, 'is a string with a line break, which a Kameleoon visitor code cannot have.')
  }
  rejectLoneSurrogate(code, field)
  return code
}

/**
 * An id of Segment: trimmed, and undefined if it is no text, blank or a placeholder.
 * @param found gets a note of a placeholder
 */
export function segmentId(value: unknown, field: string, found: string[]): string | undefined {
  if (!isId(value)) return undefined
  const id = String(value).trim()
  if (id === '') return undefined
  if (!isPlaceholder(id)) return id
  notePlaceholder(found, id, field)
  return undefined
}

/** Whether a name is one of `VISITOR_CODE_NAMES`, or the same with other capitals, underscores or hyphens. */
export function isVisitorCodeName(name: string): boolean {
  if (!/^[ _-]*k/i.test(name)) return false
  const plain = name.replace(/[ _-]/g, '').toLowerCase()
  return plain === 'kameleoonvisitorcode' || plain === 'kvisitorcode'
}

/** Ids may be numbers. What else has a text, such as NaN and true, is a placeholder. */
function isId(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

function hasId({ userId, anonymousId }: SegmentIds): boolean {
  return userId !== undefined || anonymousId !== undefined
}

/** Whether the user id is Kameleoon's cross-device id. @param fallback one of `VISITOR_FALLBACKS`; default: the first */
export function isCrossDevice(fallback: string | undefined): boolean {
  return fallbackOf(fallback) === 'cross-device id'
}

function fallbackOf(value: string | undefined): VisitorFallback {
  if (value === undefined) return VISITOR_FALLBACKS[0]
  const known = VISITOR_FALLBACKS.find((one) => one === value)
  if (known) return known
  throw new InvalidFieldError('visitorFallback', `must be one of: ${VISITOR_FALLBACKS.join('; ')}.`)
}

/** The framework turns a list into a string before the mapped code arrives; the event itself still has the list. */
function rejectCoerced(properties: unknown): void {
  for (const name of VISITOR_CODE_NAMES) {
    const source = own(properties, name)
    if (typeof source === 'object') visitorCodeOf(source, `properties.${name}`)
  }
}

function codeInside({ properties, context }: VisitorFields, found: string[]): string | undefined {
  return (
    codeIn(properties, 'properties', found) ??
    codeIn(own(context, 'traits'), 'context.traits', found) ??
    codeIn(context, 'context', found)
  )
}

/** The names as they are documented come first, then other spellings of them. */
function codeIn(values: unknown, place: string, found: string[]): string | undefined {
  if (typeof values !== 'object' || values === null) return undefined
  const spellings = Object.keys(values).filter((name) => isVisitorCodeName(name) && !VISITOR_CODE_NAMES.includes(name))
  for (const name of [...VISITOR_CODE_NAMES, ...spellings]) {
    const code = visitorCodeOf(own(values, name), `${place}.${name}`, found)
    if (code !== undefined) return code
  }
  return undefined
}
