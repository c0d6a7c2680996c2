import { createRequestClient } from '@segment/actions-core'
import type { DestinationDefinition, SegmentEvent } from '@segment/actions-core'
import { compileMapping } from '../mapping'
import type { OutcomeNode } from '../outcome'
import type { Subscription } from '../subscription'
import { hasOwn } from '../values'
import { schemaOf } from './action-schema'
import { nodesOf } from './batch-answer'
import { batchInput, type Account, type BatchInput, type HostedAction } from './batch-input'
import { syncModeOf } from './sync-mode'
import { checkedEvent, type PayloadRules } from './checked-event'

/** Sends a batch of events that match the query of the subscription. Rejects with what the action throws. */
export type SendEvents = (events: SegmentEvent[]) => Promise<OutcomeNode[]>

/** These schemes renew a token after an error, which is left to the framework. */
const RENEWED = ['oauth2', 'oauth-managed']

/**
 * Sends the batches of one subscription as the framework's `onBatch` does, with the mapping compiled once.
 * @returns null when batches have to go through the framework
 */
export function subscriptionSender<Settings>(
  destination: DestinationDefinition<Settings>,
  account: Account<Settings>,
  subscription: Subscription
): SendEvents | null {
  const { actions, authentication, extendRequest, name } = destination
  const { partnerAction, mapping } = subscription
  if (!hasOwn(actions, partnerAction) || RENEWED.includes(String(authentication?.scheme))) return null
  const definition = actions[partnerAction]
  const map = definition.performBatch ? compileMapping(mapping) : null
  if (!map) return null
  const schema = schemaOf(`${name}-${partnerAction}`, definition.fields)
  const rules = { map, schema, syncMode: syncModeOf(definition, mapping) }
  return (events) => send(events, rules, { definition, extendRequest, account, subscription })
}

async function send<Settings>(
  events: SegmentEvent[],
  rules: PayloadRules,
  action: HostedAction<Settings>
): Promise<OutcomeNode[]> {
  const checked = events.map((event) => checkedEvent(event, rules))
  const mapped = events.filter((_, index) => checked[index].kind !== 'failed')
  const valid = checked.filter((one) => one.kind === 'valid')
  const nodes = valid.length === 0 ? [] : await perform(action, batchInput(action, mapped, valid))
  let next = 0
  return checked.map((one) => (one.kind === 'valid' ? nodes[next++] : one.node))
}

async function perform<Settings>(
  { definition, extendRequest }: HostedAction<Settings>,
  input: BatchInput<Settings>
): Promise<OutcomeNode[]> {
  const { statsContext, signal } = input
  const hooks = { afterResponse: [withRequest], statsContext, signal }
  const request = createRequestClient(extendRequest?.(input) ?? {}, hooks)
  const answer: unknown = await definition.performBatch?.(request, input)
  return nodesOf(answer, input.payload)
}

/** The framework gives its actions every response with the request that it answers. */
function withRequest<Response>(request: unknown, options: unknown, response: Response): Response {
  return Object.assign(response as object, { request, options }) as Response
}
