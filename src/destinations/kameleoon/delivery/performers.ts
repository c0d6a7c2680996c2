import { MultiStatusResponse } from '@segment/actions-core'
import type { RequestFn } from '@segment/actions-core'
import type { Settings } from '../generated-types'
import { deliver } from './deliver'
import type { CommonPayload, PlanEvent } from './deliver'
import { errorOf } from './thrown'
import { errorNode, successNode } from './outcome'

/** `perform` and `performBatch` of an action: the single path is the batch path with one event. */
export function performers<Payload extends CommonPayload>(planEvent: PlanEvent<Payload>) {
  const perform: RequestFn<Settings, Payload> = async (request, { settings, payload }) => {
    const [outcome] = await deliver(request, settings, [payload], planEvent)
    if (outcome.kind === 'rejected') throw errorOf(outcome.failure)
    return successNode(outcome)
  }

  const performBatch: RequestFn<Settings, Payload[], MultiStatusResponse> = async (request, { settings, payload }) => {
    const answer = new MultiStatusResponse()
    for (const outcome of await deliver(request, settings, payload, planEvent)) {
      if (outcome.kind === 'rejected') answer.pushErrorResponse(errorNode(outcome))
      else answer.pushSuccessResponse(successNode(outcome))
    }
    return answer
  }

  return { perform, performBatch }
}
