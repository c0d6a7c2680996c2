import type { DependsOnConditions } from '@segment/actions-core/destination-kit/types'
import type { InputField } from '@segment/actions-core'
import { DEFAULT_TTL_HOURS, MAX_TTL_HOURS, MIN_TTL_HOURS } from './kameleoon-api/limits'
import { GOAL_MATCHING } from './plan/conversion'
import { CUSTOM_DATA_LISTS } from './plan/custom-data'
import { EXISTING_DATA } from './plan/stored-maps'
import { VISITOR_FALLBACKS } from './visitor'

/**
 * Fields that several actions share. Their order in an action is the order in which a marketer needs them: the visitor, the
 * goal and the money first; what hardly anyone changes last and folded away.
 */

/** A mapping to the value at the first path or, if there is none, at the second; other hosts can translate `@if` too. */
export const firstOf = (first: string, second: string) => ({
  '@if': { exists: { '@path': first }, then: { '@path': first }, else: { '@path': second } }
})

/** A field that means nothing unless another is empty (or filled, or has another value) is not shown. */
function shownIf(...conditions: DependsOnConditions['conditions']): DependsOnConditions {
  return { match: 'all', conditions }
}

export const isNoOtherEvent = shownIf({ fieldKey: 'visitEventType', operator: 'is', value: undefined })

export const isConversion = shownIf(
  { fieldKey: 'visitEventType', operator: 'is', value: undefined },
  { fieldKey: 'goalMatching', operator: 'is_not', value: 'none' }
)

export const kameleoonVisitorCode: InputField = {
  label: 'Kameleoon Visitor Code',
  description:
    'Kameleoon Visitor Code - a unique identifier for the user. Kameleoon gives one to every browser, in the cookie kameleoonVisitorCode. For events without it, Visitor Fallback decides.',
  type: 'string',
  category: 'identifier',
  default: firstOf('$.properties.kameleoonVisitorCode', '$.traits.kameleoonVisitorCode')
}

export const visitorFallback: InputField = {
  label: 'Visitor Fallback',
  description:
    'Whose event it is if it carries no visitor code: the visitor code that an earlier Identify call or a "Kameleoon identifier" event linked to the user (one more request to look it up), else the User ID; only a linked one; always the User ID, if you use one identifier for both tools; the visitor whom Kameleoon itself knows by the User ID as cross-device ID, for projects with a custom data for cross-device matching (choose it in the Identify mapping too, which ties visitors to users); or nobody, so that the event fails.',
  type: 'string',
  choices: labelled(VISITOR_FALLBACKS),
  default: VISITOR_FALLBACKS[0]
}

export const anonymousId: InputField = {
  label: 'Anonymous ID',
  description: 'Anonymous id. It is used to find the linked visitor code, and never as a visitor code itself.',
  type: 'string',
  category: 'identifier',
  default: { '@path': '$.anonymousId' }
}

export const userId: InputField = {
  label: 'User ID',
  description:
    'The ID associated with the user. It is used to find the linked visitor code, and as visitor code if there is none.',
  type: 'string',
  category: 'identifier',
  default: { '@path': '$.userId' }
}

export const type: InputField = {
  label: 'Type',
  description: 'The type of the event, such as track. Leave it as it is.',
  type: 'string',
  required: true,
  category: 'internal',
  displayMode: 'collapsed',
  default: { '@path': '$.type' }
}

export const context: InputField = {
  label: 'Context',
  description:
    'Context of the event. It is not sent as such: the user agent, the visitor code and, with Send Device Data, the device are read from it.',
  type: 'object',
  displayMode: 'collapsed',
  default: { '@path': '$.context' }
}

export const timestamp: InputField = {
  label: 'Timestamp',
  description:
    'The timestamp of the event. Kameleoon counts events when they arrive; the time decides only which stored data is newer and how old the event is.',
  type: 'string',
  format: 'date-time',
  required: true,
  category: 'internal',
  displayMode: 'collapsed',
  default: { '@path': '$.timestamp' }
}

export const messageId: InputField = {
  label: 'Message ID',
  description: 'The Segment messageId. An event that is sent again is recognised by it and counts once.',
  type: 'string',
  required: true,
  category: 'internal',
  displayMode: 'collapsed',
  default: { '@path': '$.messageId' }
}

export const goalId: InputField = {
  label: 'Goal',
  description: 'The Kameleoon goal to convert. Leave it empty to find the goal by the name of the event.',
  type: 'string',
  dynamic: true
}

export const goalMatching: InputField = {
  label: 'Goal Matching',
  description:
    'What to do if no goal is chosen: find the goal by the name of the event and create it if there is none (at most 100 new goals an hour), only find it, or send no conversion.',
  type: 'string',
  choices: labelled(GOAL_MATCHING),
  default: GOAL_MATCHING[0]
}

export const conversionMetadata: InputField = {
  label: 'Conversion Metadata',
  description: 'Custom data to attach to the conversion: custom data index on the left, value or values on the right.',
  type: 'object',
  defaultObjectUI: 'keyvalue:only',
  additionalProperties: true,
  dynamic: true
}

export const customData: InputField = {
  label: 'Custom Data',
  description:
    'Custom data to set on the visitor: custom data index on the left, value or values on the right. An empty value clears it.',
  type: 'object',
  defaultObjectUI: 'keyvalue:only',
  additionalProperties: true,
  dynamic: true
}

export const customDataLists: InputField = {
  label: 'Custom Data Lists',
  description: 'What happens to custom data of a list type: the values are added to the list, or take its place.',
  type: 'string',
  choices: labelled(CUSTOM_DATA_LISTS),
  default: CUSTOM_DATA_LISTS[0],
  depends_on: shownIf({ fieldKey: 'customData', operator: 'is_not', value: undefined })
}

export const sendDeviceData: InputField = {
  label: 'Send Device Data',
  description: 'Also send device, screen, language, time zone and place, if the context of the event has them.',
  type: 'boolean',
  default: false
}

const storedTraits: InputField = {
  label: 'Stored Traits',
  description:
    'Names of the traits to store, such as plan. Leave it empty to store all. Whatever is stored can be read by anyone who knows the public site code and an ID of the user, so leave out e-mail addresses, names and the like.',
  type: 'string',
  multiple: true
}

const ttlHours: InputField = {
  label: 'Time to Live (Hours)',
  description: `How long Kameleoon keeps the stored data: ${MIN_TTL_HOURS} to ${MAX_TTL_HOURS} hours (366 days). The default of ${DEFAULT_TTL_HOURS} hours is about 92 days.`,
  type: 'number',
  minimum: MIN_TTL_HOURS,
  maximum: MAX_TTL_HOURS,
  default: DEFAULT_TTL_HOURS
}

const existingData: InputField = {
  label: 'Existing Data',
  description:
    'Keep the stored data and change only the fields that the event has (one more request), or write only the fields that the event has. Kameleoon does not document whether other fields are removed then.',
  type: 'string',
  choices: labelled(EXISTING_DATA),
  default: EXISTING_DATA[0]
}

export const maxEventAgeHours: InputField = {
  label: 'Maximum Event Age (Hours)',
  description:
    'Filter events that are older than this. Kameleoon counts an event when it arrives, so a replay of old events distorts running experiments. Leave it empty to send events of any age.',
  type: 'number'
}

/**
 * How Segment gathers events.
 * @param bytes below Kameleoon's limit: 3 MB for visit events, 1 MB for maps; a larger batch is split on delivery
 */
export const batching = (bytes: number): Record<string, InputField> => ({
  enable_batching: {
    label: 'Batch Data to Kameleoon',
    description: 'Send many events in one request.',
    type: 'boolean',
    default: true
  },
  batch_size: {
    label: 'Batch Size',
    description: 'The largest number of events that Segment puts into one batch.',
    type: 'number',
    minimum: 1,
    maximum: 1000,
    default: 1000,
    unsafe_hidden: true
  },
  batch_bytes: {
    label: 'Batch Bytes',
    description: 'The largest number of bytes that Segment puts into one batch.',
    type: 'number',
    default: bytes,
    unsafe_hidden: true
  }
})

/** Fields of identify and group calls, in order. @param own what an action has beside them, after the visitor code */
export const traitsFields = (own: Record<string, InputField> = {}): Record<string, InputField> => ({
  kameleoonVisitorCode: { ...kameleoonVisitorCode, default: { '@path': '$.traits.kameleoonVisitorCode' } },
  ...own,
  properties: {
    label: 'Traits',
    description:
      'Traits to send with the event. They are stored, and anyone who knows the public site code and an ID of the user can read them, since Kameleoon serves stored data to browsers. Stored Traits limits what is stored.',
    type: 'object',
    default: { '@path': '$.traits' }
  },
  storedTraits,
  customData,
  customDataLists,
  existingData,
  ttlHours,
  visitorFallback,
  maxEventAgeHours,
  userId,
  anonymousId,
  context,
  timestamp,
  messageId,
  type,
  ...batching(900_000)
})

/** Choices with labels that start with a capital. */
function labelled(values: readonly string[]): Array<{ value: string; label: string }> {
  return values.map((value) => ({ value, label: value[0].toUpperCase() + value.slice(1).replace(/\bid\b/, 'ID') }))
}
