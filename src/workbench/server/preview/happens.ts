import { MultiStatusResponse, type JSONObject } from '@segment/actions-core'
import { memberOf, messageOf, outcomeOf, recordOf, type OutcomeNode } from '../../../segment-host'
import type { Happens, Problem } from '../../contract'
import { mappedPayload } from '../destination/mapped-payload'
import type { HostedDefinition } from '../hosted'
import { plannedParts } from './planned-parts'
import type { PreviewKameleoon } from './preview-kameleoon'

/** What a mapping makes of an event, and what would happen if that were sent. */
export interface Mapped {
  payload: unknown
  problems: Problem[]
  happens: Happens
}

/**
 * Runs the destination as always for one event that the mapping takes, with a Kameleoon for previews in the place of the
 * target.
 * @param event as Segment completes it
 */
export async function mappedAndTried(
  kameleoon: PreviewKameleoon,
  definition: HostedDefinition,
  { partnerAction, mapping }: { partnerAction: string; mapping: JSONObject },
  event: JSONObject
): Promise<Mapped> {
  const { payload, problems } = await mappedPayload(definition, { partnerAction, mapping }, event)
  if (problems.length > 0)
    return { payload, problems, happens: failed(problems.map(({ message }) => message).join(' ')) }
  const before = kameleoon.copy.results.length
  const node = await triedNode(kameleoon, definition, partnerAction, payload)
  const outcome = outcomeOf(node)
  const results = kameleoon.copy.results.slice(before)
  const parts = plannedParts(recordOf(memberOf(node, 'sent')), { kameleoon, results, event })
  return { payload, problems, happens: { ...statusOf(outcome), parts } }
}

export function failed(reason: string): Happens {
  return { status: 'failed', reason, parts: [] }
}

export function filtered(reason: string): Happens {
  return { status: 'filtered', reason, parts: [] }
}

/** What the maps of these parts would hold of the event. */
export function storedIn({ parts }: Happens): { key: string; fields: Record<string, unknown> }[] {
  return parts.filter(({ what }) => what === 'map').map(({ key, value }) => ({ key, fields: recordOf(value) }))
}

function statusOf(outcome: ReturnType<typeof outcomeOf>): Omit<Happens, 'parts'> {
  if (outcome.kind === 'delivered') return { status: 'sent', reason: outcome.notes?.join(' ') ?? null }
  return { status: outcome.kind === 'filtered' ? 'filtered' : 'failed', reason: outcome.reason }
}

async function triedNode(
  { request, settings }: PreviewKameleoon,
  { actions }: HostedDefinition,
  partnerAction: string,
  payload: unknown
): Promise<OutcomeNode> {
  const { performBatch } = actions[partnerAction]
  if (!performBatch) return { status: 200 }
  try {
    const data = { payload: [structuredClone(payload)], settings }
    // The framework's types know requests and data of its own making only.
    const answer: unknown = await performBatch(request as never, data as never)
    if (!(answer instanceof MultiStatusResponse)) return { status: 200 }
    return answer.getResponseAtIndex(0).value()
  } catch (error) {
    return { status: 400, errormessage: messageOf(error) }
  }
}
