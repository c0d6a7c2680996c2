import { InvalidFieldError } from '../invalid-field'
import { EVENT_TYPES, fieldsOf, RESERVED_PARAMETERS } from '../kameleoon-api/wire'
import type { EventContent, EventType, Field } from '../kameleoon-api/wire'
import { kindOf, own } from '../values'
import type { PlannedVisitEvent } from './plan'
import { checkStorable } from './storable'

/**
 * The Data API event that a mapping chooses in place of a conversion. Parameters that the wire table does not have are
 * sent too if JSON can carry them, since Kameleoon's own tables are not public.
 * @param visitEventType one of `EVENT_TYPES`, in any case
 * @param parameters by the names of the Data API
 * @throws InvalidFieldError for an unknown type, a missing parameter or one of the wrong kind
 */
export function mappedVisitEvent(visitEventType: string, parameters: Record<string, unknown> = {}): PlannedVisitEvent {
  const eventType = eventTypeNamed(visitEventType)
  for (const name of RESERVED_PARAMETERS) {
    if (name in parameters) {
      throw new InvalidFieldError(`visitEventParameters.${name}`, 'is set by the destination. Remove it.')
    }
  }
  const checked = { ...parameters }
  for (const [name, field] of fieldsOf(eventType)) {
    const value = checkedParameter(name, field, own(parameters, name))
    if (value !== undefined) checked[name] = value
  }
  checkStorable(checked, 'visitEventParameters')
  // Each field of the type was read by its kind, which the compiler cannot see.
  const content = { eventType, parameters: checked } as EventContent
  return { kind: 'event', subject: JSON.stringify(checked), ...content }
}

function eventTypeNamed(name: string): EventType {
  const upperCase = name.trim().toUpperCase()
  const eventType = EVENT_TYPES.find((one) => one === upperCase)
  if (eventType) return eventType
  throw new InvalidFieldError('visitEventType', `must be one of ${EVENT_TYPES.join(', ')}.`)
}

/** Segment's page for mappings keeps literals as strings, so a string with the JSON of a number or boolean counts as it. */
function checkedParameter(name: string, { kind, isRequired }: Field, value: unknown): unknown {
  if (value === undefined && !isRequired) return undefined
  const read = kind.read(typeof value === 'string' && !kind.takesText ? jsonIn(value) : value)
  if (read !== undefined) return read
  throw new InvalidFieldError(`visitEventParameters.${name}`, `must be ${kind.inWords}, but it is ${kindOf(value)}.`)
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
