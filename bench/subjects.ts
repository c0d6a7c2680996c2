import { createRequire } from 'module'
import { MultiStatusResponse, type ActionDefinition, type DestinationDefinition } from '@segment/actions-core'
import type { Settings } from '../src/destinations/kameleoon/generated-types'
import type { Payload } from '../src/destinations/kameleoon/logEvent/generated-types'
import type { Subject } from './cases'
import { settings, USER_AGENT } from './events'

export type Definition = DestinationDefinition<Settings>

/** Modules are loaded where they are wanted: each would count in the memory of the others. */
const load = createRequire(__filename)

/** The destination as it is published: run through tsx, its functions would lose time for keeping their names. */
export function ours(): Definition {
  return definitionIn('../dist/destinations/kameleoon')
}

/** The destination that Segment offers today. */
function official(): Definition {
  return definitionIn('@segment/action-destinations/dist/destinations/kameleoon')
}

/**
 * What is left when the destination does nothing: our fields and mapping, and an action that takes every payload.
 *
 * @param onPayloads gets the payloads of each batch, mapped and validated
 */
export function frameworkAlone(onPayloads?: (payloads: Payload[]) => void): Definition {
  return oursActing('framework-alone', (_request, { payload }) => {
    onPayloads?.(payload)
    return successes(payload.length)
  })
}

/** The framework, and one request a batch as large as ours, whose text is there already: as near as ours can come to it. */
function sendingAlone(): Definition {
  const bodies = new Map<number, string>()
  const bodyOf = (count: number) => `[${Array<string>(count).fill(WIRE_EVENT).join(',')}]`
  return oursActing('sending-alone', async (request, { payload }) => {
    const body = bodies.get(payload.length) ?? bodyOf(payload.length)
    bodies.set(payload.length, body)
    await request(VISIT_EVENTS_URL, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer bench' },
      body,
      skipResponseCloning: true
    })
    return successes(payload.length)
  })
}

const VISIT_EVENTS_URL = `https://eu-data.kameleoon.io/visit/events?siteCode=${settings.sitecode}&json=true&bodyUa=true`

/** As ours sends an event of the benchmark. */
const WIRE_EVENT = JSON.stringify({
  eventType: 'CONVERSION',
  visitorCode: 'k7m2q9x4c8000000',
  nonce: '0123456789abcdef',
  userAgent: USER_AGENT,
  goalId: 1,
  revenue: 59.7,
  negative: false
})

/** Our fields and mapping, and another way to act on batches. */
function oursActing(name: string, performBatch: ActionDefinition<Settings, Payload>['performBatch']): Definition {
  const definition = ours()
  const { fields } = definition.actions.logEvent
  const logEvent: ActionDefinition<Settings, Payload> = {
    // The framework keeps compiled schemas by the names of destination and action: ours would be taken for this one's.
    title: name,
    description: 'Stands for ours in a comparison',
    fields,
    perform: () => ({}),
    performBatch
  }
  return { ...definition, name, actions: { logEvent } }
}

export const SUBJECTS: Record<Subject, () => Definition> = {
  official,
  ours,
  framework: frameworkAlone,
  sending: sendingAlone
}

function definitionIn(path: string): Definition {
  // Both modules export a definition as their default, with settings of these names.
  return (load(path) as { default: Definition }).default
}

function successes(count: number): MultiStatusResponse {
  const response = new MultiStatusResponse()
  for (let index = 0; index < count; index++) response.pushSuccessResponse({ status: 200, sent: {}, body: {} })
  return response
}
