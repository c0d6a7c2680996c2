import { createRequire } from 'module'
import { MultiStatusResponse, type ActionDefinition, type DestinationDefinition } from '@segment/actions-core'
import type { Settings } from '../src/destinations/kameleoon/generated-types'
import type { Payload } from '../src/destinations/kameleoon/logEvent/generated-types'
import type { Subject } from './cases'

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
  const definition = ours()
  const { fields } = definition.actions.logEvent
  const logEvent: ActionDefinition<Settings, Payload> = {
    // The framework keeps compiled schemas by the names of destination and action: ours would be taken for this one's.
    title: 'Nothing',
    description: 'Takes every event and does nothing',
    fields,
    perform: () => ({}),
    performBatch: (_request, { payload }) => {
      onPayloads?.(payload)
      return successes(payload.length)
    }
  }
  return { ...definition, name: 'framework-alone', actions: { logEvent } }
}

export const SUBJECTS: Record<Subject, () => Definition> = { official, ours, framework: frameworkAlone }

function definitionIn(path: string): Definition {
  // Both modules export a definition as their default, with settings of these names.
  return (load(path) as { default: Definition }).default
}

function successes(count: number): MultiStatusResponse {
  const response = new MultiStatusResponse()
  for (let index = 0; index < count; index++) response.pushSuccessResponse({ status: 200, sent: {}, body: {} })
  return response
}
