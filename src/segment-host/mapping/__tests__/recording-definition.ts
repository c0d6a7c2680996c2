import { MultiStatusResponse } from '@segment/actions-core'
import type { ActionDefinition, DestinationDefinition, InputField, JSONObject } from '@segment/actions-core'
import kameleoon from '../../../destinations/kameleoon'

type Action = ActionDefinition<JSONObject>
type Fields = Action['fields']

/** What an action got for a batch. */
export interface Received {
  payload: unknown[]
  audienceMembership: unknown
  syncMode: unknown
  matchingKey: unknown
  hookOutputs: unknown
}

const field = { label: 'Field', description: 'A field.' }
const of = (type: InputField['type'], rest: Partial<InputField> = {}): InputField => ({ ...field, type, ...rest })

/** Fields of every type, and with every rule that the framework knows. */
const KINDS: Fields = {
  text: of('string', { minimum: 2, maximum: 10 }),
  long: of('text', { allowNull: true }),
  secret: of('password'),
  choice: of('string', { choices: ['a', 'B', '12', 'text'] }),
  nullChoice: of('string', { choices: ['a', 'b'], allowNull: true }),
  number: of('number', { minimum: 1, maximum: 1_000 }),
  whole: of('integer', { allowNull: true }),
  flag: of('boolean'),
  time: of('datetime'),
  timeOrNull: of('datetime', { allowNull: true }),
  iso: of('string', { format: 'date-time' }),
  date: of('string', { format: 'date' }),
  mail: of('string', { format: 'email' }),
  link: of('string', { format: 'uri' }),
  any: of('object'),
  anyOrNull: of('object', { allowNull: true })
}

const NESTED: Fields = {
  texts: of('string', { multiple: true }),
  numbers: of('number', { multiple: true, allowNull: true }),
  someOf: of('string', { multiple: true, choices: ['a', 'b', 'text'] }),
  closed: of('object', { properties: { a: of('string', { required: true }), b: of('number'), c: of('boolean') } }),
  open: of('object', {
    additionalProperties: true,
    properties: { a: of('integer'), b: of('datetime'), c: of('object') }
  }),
  items: of('object', { multiple: true, properties: { a: of('string'), id: of('number', { required: true }) } }),
  openItems: of('object', { multiple: true, additionalProperties: true, properties: { a: of('string') } })
}

/** Names that JavaScript knows, one of them required under a condition. */
const NAMED: Fields = {
  constructor: of('string'),
  length: of('number'),
  depending: of('string', { required: { conditions: [{ fieldKey: 'length', operator: 'is', value: 1 }] } })
}

const REQUIRED: Fields = {
  id: of('string', { required: true, default: { '@path': '$.messageId' } }),
  amount: of('number', { required: true, minimum: 1, default: { '@template': '1{{messageId.length}}' } }),
  at: of('datetime', { required: true, default: { '@path': '$.timestamp' } }),
  data: of('object', { required: true, allowNull: true, default: { '@path': '$.properties' } })
}

/** The fields of the four actions of Kameleoon, and odd ones. */
const FIELDS: Record<string, Fields> = {
  ...Object.fromEntries(Object.entries(kameleoon.actions).map(([key, { fields }]) => [key, fields])),
  kinds: KINDS,
  nested: NESTED,
  named: NAMED,
  required: REQUIRED,
  none: {}
}

/** A destination that sends nothing, and keeps what its actions get. */
export function recordingDefinition(received: Received[]): DestinationDefinition<JSONObject> {
  const actions = Object.entries(FIELDS).map(([key, fields]) => [key, action(key, fields, received)])
  return { name: 'recording', mode: 'cloud', actions: Object.fromEntries(actions) as Record<string, Action> }
}

function action(title: string, fields: Fields, received: Received[]): Action {
  return {
    title,
    description: 'Keeps what it gets.',
    fields,
    syncMode: {
      label: 'Mode',
      description: 'How to write.',
      default: 'add',
      choices: [{ label: 'Add', value: 'add' }]
    },
    perform: () => undefined,
    performBatch: (_request, data) => {
      const { payload, audienceMembership, syncMode, matchingKey, hookOutputs } = data
      received.push({ payload, audienceMembership, syncMode, matchingKey, hookOutputs })
      return successes(payload.length)
    }
  }
}

function successes(count: number): MultiStatusResponse {
  const response = new MultiStatusResponse()
  for (let index = 0; index < count; index++) response.pushSuccessResponse({ status: 200, sent: {}, body: {} })
  return response
}
