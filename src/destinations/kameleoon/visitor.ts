import { InvalidFieldError, rejectLoneSurrogate } from './invalid-field'
import { MAX_VISITOR_CODE_LENGTH } from './kameleoon-api/limits'
import { kindOf, own } from './values'

/** Names under which events carry the visitor code: the current one, and that of the classic destination. */
export const VISITOR_CODE_NAMES: readonly string[] = ['kameleoonVisitorCode', 'k_visitorCode']

/** The fields of a payload that say whose event it is. */
export interface VisitorFields {
  kameleoonVisitorCode?: string
  anonymousId?: string
  userId?: string
  /** Whether the visitor code linked to the Segment ids is looked up. Default: false. */
  linkedVisitors?: boolean
  properties?: Record<string, unknown>
  context?: Record<string, unknown>
}

/** The visitor an event belongs to. */
export interface Visitor {
  kind: 'visitor'
  visitorCode: string
  /** No visitor code was given, so the Segment user id is used as visitor code. */
  isUserId: boolean
}

/** A visitor that is looked up when the event is delivered. */
export interface LinkedVisitor {
  kind: 'linked'
  /** Segment ids that may be linked to a visitor code, in the order in which they are looked up. */
  linkedIds: string[]
  /** Used as visitor code if no id is linked. */
  userId?: string
}

export type VisitorReference = Visitor | LinkedVisitor

const HOW_TO_MAP =
  'Put Kameleoon\'s visitor code into the event and map it to "Kameleoon Visitor Code", or send a userId that Kameleoon uses as visitor code too.'

/**
 * Finds the visitor of an event: the mapped visitor code, one inside the event, the linked one if the mapping says so, the
 * user id. The anonymous id is never used as visitor code, since a wrong visitor falsifies experiments.
 * @throws InvalidFieldError if a value cannot be a visitor code, or if there is none at all
 */
export function visitorOf(payload: VisitorFields): VisitorReference {
  rejectCoerced(payload.properties)
  const visitorCode = visitorCodeOf(payload.kameleoonVisitorCode, 'kameleoonVisitorCode') ?? codeInside(payload)
  if (visitorCode !== undefined) return { kind: 'visitor', visitorCode, isUserId: false }
  if (payload.linkedVisitors) {
    const linkedIds = [payload.userId, payload.anonymousId].filter((id): id is string => !!id)
    if (linkedIds.length > 0) return { kind: 'linked', linkedIds, userId: payload.userId }
  }
  return visitorByUserId(payload.userId)
}

/** The visitor of an event without visitor code and link. @throws InvalidFieldError if there is no user id either */
export function visitorByUserId(userId: string | undefined): Visitor {
  const visitorCode = visitorCodeOf(userId, 'userId')
  if (visitorCode === undefined) throw new InvalidFieldError('kameleoonVisitorCode', `is missing. ${HOW_TO_MAP}`)
  return { kind: 'visitor', visitorCode, isUserId: true }
}

/**
 * A visitor code as Kameleoon accepts it: trimmed, 1 to 100 characters, one line.
 * @param field where the value comes from, for the error
 * @returns undefined for a value that is absent or blank
 * @throws InvalidFieldError for any other value that cannot be a visitor code; a code is never cut or replaced
 */
export function visitorCodeOf(value: unknown, field: string): string | undefined {
  if (value === undefined || value === null) return undefined
  if (!isId(value)) {
    throw new InvalidFieldError(field, `must be a string to be a visitor code, but it is ${kindOf(value)}.`)
  }
  const code = String(value).trim()
  if (code === '') return undefined
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

/** Ids may be numbers, except NaN and Infinity. */
function isId(value: unknown): value is string | number {
  return typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value))
}

/** The framework turns booleans and lists into strings before the mapped code arrives; the event itself still has them. */
function rejectCoerced(properties: unknown): void {
  for (const name of VISITOR_CODE_NAMES) {
    const source = own(properties, name)
    if (typeof source === 'boolean' || typeof source === 'object') visitorCodeOf(source, `properties.${name}`)
  }
}

function codeInside({ properties, context }: VisitorFields): string | undefined {
  const places: Array<[string, unknown]> = [
    ['properties', properties],
    ['context.traits', own(context, 'traits')]
  ]
  for (const [place, values] of places) {
    for (const name of VISITOR_CODE_NAMES) {
      const code = visitorCodeOf(own(values, name), `${place}.${name}`)
      if (code !== undefined) return code
    }
  }
  return undefined
}
