import { InvalidFieldError } from '../errors'
import { own } from '../own'
import { VISITOR_CODE_NAMES, visitorCodeOf } from './visitor-code'

/** The fields of a payload that say whose event it is. */
export interface VisitorFields {
  kameleoonVisitorCode?: string
  anonymousId?: string
  userId?: string
  linkedVisitors?: boolean
  properties?: Record<string, unknown>
  context?: Record<string, unknown>
}

/** The visitor an event belongs to. `isUserId`: no visitor code was given, the Segment user id stands for it. */
export interface Visitor {
  kind: 'visitor'
  visitorCode: string
  isUserId: boolean
}

/** Segment ids that may be linked to a visitor code, and the user id that is taken if none of them is. */
export interface LinkedVisitor {
  kind: 'linked'
  linkedIds: string[]
  userId?: string
}

/** A visitor, or the ids by which the visitor is looked up when the event is delivered. */
export type VisitorReference = Visitor | LinkedVisitor

const HOW_TO_MAP =
  'Put Kameleoon\'s visitor code into the event and map it to "Kameleoon Visitor Code", or send a userId that Kameleoon uses as visitor code too.'

/**
 * Finds the visitor of an event: the mapped visitor code, one inside the event, the linked one if asked for, the user id.
 * The anonymous id is never taken, since a wrong visitor pollutes experiments.
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

/** The visitor when no code and no link is known. @throws InvalidFieldError if there is no user id either */
export function visitorByUserId(userId: string | undefined): Visitor {
  const visitorCode = visitorCodeOf(userId, 'userId')
  if (visitorCode === undefined) throw new InvalidFieldError('kameleoonVisitorCode', `is missing. ${HOW_TO_MAP}`)
  return { kind: 'visitor', visitorCode, isUserId: true }
}

/** The framework makes strings of booleans and lists before the mapped code arrives; their source still tells. */
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
