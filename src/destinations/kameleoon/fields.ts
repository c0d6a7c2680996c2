import type { InputField } from '@segment/actions-core'
import { DEFAULT_TTL_HOURS } from './kameleoon-api/limits'
import { GOAL_MATCHING } from './plan/conversion'
import { EXISTING_DATA } from './plan/stored-maps'

/** A mapping to the value at the first path or, if there is none, at the second; other hosts can translate `@if` too. */
export const firstOf = (first: string, second: string) => ({
  '@if': { exists: { '@path': first }, then: { '@path': first }, else: { '@path': second } }
})

export const kameleoonVisitorCode: InputField = {
  label: 'Kameleoon Visitor Code',
  description: 'Kameleoon Visitor Code - a unique identifier for the user. Without it the User ID is used.',
  type: 'string',
  category: 'identifier',
  default: firstOf('$.properties.kameleoonVisitorCode', '$.traits.kameleoonVisitorCode')
}

export const anonymousId: InputField = {
  label: 'Anonymous ID',
  description: 'Anonymous id',
  type: 'string',
  category: 'identifier',
  default: { '@path': '$.anonymousId' }
}

export const userId: InputField = {
  label: 'User ID',
  description: 'The ID associated with the user',
  type: 'string',
  category: 'identifier',
  default: { '@path': '$.userId' }
}

export const type: InputField = {
  label: 'Type',
  description: 'The type of the event',
  type: 'string',
  required: true,
  category: 'internal',
  default: { '@path': '$.type' }
}

export const context: InputField = {
  label: 'Context',
  description: 'Context properties to send with the event',
  type: 'object',
  default: { '@path': '$.context' }
}

export const timestamp: InputField = {
  label: 'Timestamp',
  description: 'The timestamp of the event',
  type: 'string',
  format: 'date-time',
  required: true,
  category: 'internal',
  default: { '@path': '$.timestamp' }
}

export const messageId: InputField = {
  label: 'Message ID',
  description: 'The Segment messageId',
  type: 'string',
  required: true,
  category: 'internal',
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
    'What to do if no goal is chosen: find the goal by name and create it if there is none, only find it, or send no conversion.',
  type: 'string',
  choices: GOAL_MATCHING.map((value) => ({ value, label: value[0].toUpperCase() + value.slice(1) })),
  default: 'match or create'
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
  description: 'Custom data to set on the visitor: custom data index on the left, value or values on the right.',
  type: 'object',
  defaultObjectUI: 'keyvalue:only',
  additionalProperties: true,
  dynamic: true
}

export const sendDeviceData: InputField = {
  label: 'Send Device Data',
  description: 'Also send device, screen, language, time zone and place, if the context of the event has them.',
  type: 'boolean',
  default: false
}

export const ttlHours: InputField = {
  label: 'Time to Live (Hours)',
  description: `How long Kameleoon keeps the stored data: 1 to 8784 hours (366 days). The default of ${DEFAULT_TTL_HOURS} hours is about 92 days.`,
  type: 'integer',
  default: DEFAULT_TTL_HOURS
}

export const existingData: InputField = {
  label: 'Existing Data',
  description:
    'Keep the stored data and change only the fields that the event has (one more request), or write only the fields that the event has. Kameleoon does not document whether other fields are removed then.',
  type: 'string',
  choices: EXISTING_DATA.map((value) => ({ value, label: value[0].toUpperCase() + value.slice(1) })),
  default: 'keep'
}

export const linkedVisitors: InputField = {
  label: 'Use Linked Visitors',
  description:
    'For events without a visitor code: look up the visitor code that an Identify call or a "Kameleoon identifier" event has linked to the user.',
  type: 'boolean',
  default: false
}

export const maxEventAgeHours: InputField = {
  label: 'Maximum Event Age (Hours)',
  description:
    'Filter events that are older than this. Kameleoon counts an event when it arrives, so a replay of old events distorts running experiments. Leave it empty to send events of any age.',
  type: 'number'
}

export const enable_batching: InputField = {
  label: 'Batch Data to Kameleoon',
  description: 'Send many events in one request.',
  type: 'boolean',
  default: true
}

export const batch_size: InputField = {
  label: 'Batch Size',
  description: 'The largest number of events that Segment puts into one batch.',
  type: 'number',
  default: 1000,
  unsafe_hidden: true
}

/** @param bytes below Kameleoon's limit: 3 MB for visit events, 1 MB for maps; a larger batch is split on delivery */
export const batch_bytes = (bytes: number): InputField => ({
  label: 'Batch Bytes',
  description: 'The largest number of bytes that Segment puts into one batch.',
  type: 'number',
  default: bytes,
  unsafe_hidden: true
})

/** Fields that identify and group calls share: traits, and how they are stored. */
export const traitsFields: Record<string, InputField> = {
  properties: {
    label: 'Traits',
    description: 'Traits to send with the event',
    type: 'object',
    default: { '@path': '$.traits' }
  },
  context,
  timestamp,
  messageId,
  customData,
  ttlHours,
  existingData,
  linkedVisitors,
  maxEventAgeHours,
  enable_batching,
  batch_size,
  batch_bytes: batch_bytes(900_000)
}
