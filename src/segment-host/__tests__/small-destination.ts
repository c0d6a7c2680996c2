import { MultiStatusResponse } from '@segment/actions-core'
import type { DestinationDefinition, JSONObject } from '@segment/actions-core'

export interface SmallPayload {
  id: string
  data?: Record<string, unknown>
}

/** What the destination below answers for a payload, batch by batch. */
export type Answer = (payload: SmallPayload, batch: number) => Node | Error
type Node = { status: number; errormessage?: string; body?: JSONObject }

const field = { label: 'Field', description: 'A field.' }

/** A destination of a few lines: it answers as the test asks, and keeps the ids of every batch it saw. */
export function smallDestination(answer: Answer = () => ({ status: 200 })): {
  definition: DestinationDefinition<JSONObject>
  batches: string[][]
} {
  const batches: string[][] = []
  const definition: DestinationDefinition<JSONObject> = {
    name: 'Small',
    mode: 'cloud',
    authentication: {
      scheme: 'custom',
      fields: { apiKey: { ...field, type: 'password', required: true } }
    },
    actions: {
      take: {
        title: 'Take',
        description: 'Takes events.',
        fields: {
          id: { ...field, type: 'string', required: true, default: { '@path': '$.messageId' } },
          data: { ...field, type: 'object', default: { '@path': '$.properties' } },
          batch_size: { ...field, type: 'number' },
          batch_bytes: { ...field, type: 'number' },
          enable_batching: { ...field, type: 'boolean' }
        },
        perform: () => undefined,
        performBatch: (_request, { payload }: { payload: SmallPayload[] }) => {
          batches.push(payload.map(({ id }) => id))
          return answers(payload, answer, batches.length)
        }
      }
    },
    presets: [
      {
        type: 'automatic',
        name: 'Track Calls',
        partnerAction: 'take',
        subscribe: 'type = "track"',
        mapping: { id: { '@path': '$.messageId' }, data: { '@path': '$.properties' } }
      },
      { type: 'specificEvent', name: 'Audience', partnerAction: 'take', eventSlug: 'warehouse_audience_entered_track' }
    ]
  }
  return { definition, batches }
}

function answers(payloads: SmallPayload[], answer: Answer, batch: number): MultiStatusResponse {
  const response = new MultiStatusResponse()
  for (const payload of payloads) {
    const node = answer(payload, batch)
    if (node instanceof Error) throw node
    const { status, errormessage = '', body = {} } = node
    if (status < 300) response.pushSuccessResponse({ status, sent: {}, body })
    else response.pushErrorResponse({ status, errormessage, body })
  }
  return response
}
