import type { JSONObject } from '@segment/actions-core'
import { completed, filteredByIntegrations, whyNot, type CompleteEvent } from '../../../segment-host'
import { eventProblems } from '../../../tracking-api'
import type { EventPreview, Happens, MappingPreview, Subscription } from '../../contract'
import type { CurrentSubscriptions, HostedDefinition } from '../hosted'
import { filtered, mappedAndTried } from './happens'
import { previewKameleoon, type PreviewKameleoon, type PreviewSources } from './preview-kameleoon'

export interface EventPreviewSources extends PreviewSources {
  definition: HostedDefinition
  subscriptions: Pick<CurrentSubscriptions, 'list'>
  /** The current time in milliseconds. */
  clock: () => number
}

/** What would happen if these events were sent one after the other, through every enabled mapping. Nothing is sent. */
export async function eventPreviews(sources: EventPreviewSources, events: CompleteEvent[]): Promise<EventPreview[]> {
  const kameleoon = await previewKameleoon(sources)
  const previews: EventPreview[] = []
  for (const event of events) previews.push(await eventPreview(sources, kameleoon, event))
  return previews
}

async function eventPreview(
  { definition, subscriptions, clock }: EventPreviewSources,
  kameleoon: PreviewKameleoon,
  given: CompleteEvent
): Promise<EventPreview> {
  const [problem] = eventProblems(given)
  if (problem) return unsent('failed', `Segment would drop this: ${problem.field} ${problem.message}.`)
  const turnedOff = filteredByIntegrations(given, definition)
  if (turnedOff !== null) return unsent('filtered', turnedOff)
  // It is a JSON object; its members are checked when it is mapped.
  const event = completed(given, { receivedAt: clock() }) as JSONObject
  const enabled = subscriptions.list().filter((one) => one.enabled)
  if (enabled.length === 0) return unsent('filtered', 'No mapping is enabled.')
  const mappings: MappingPreview[] = []
  for (const one of enabled) mappings.push(await mappingPreview(definition, kameleoon, one, event))
  return { ...overall(mappings), mappings }
}

function unsent(status: 'filtered' | 'failed', reason: string): EventPreview {
  return { status, reason, mappings: [] }
}

async function mappingPreview(
  definition: HostedDefinition,
  kameleoon: PreviewKameleoon,
  { id, name, partnerAction, subscribe, mapping }: Subscription,
  event: JSONObject
): Promise<MappingPreview> {
  const reason = whyNot(subscribe, event)
  const named = { subscriptionId: id, subscriptionName: name, matched: reason === null }
  if (reason !== null) return { ...named, happens: filtered(reason) }
  // The mapping came as JSON, from the page or a file.
  const used = { partnerAction, mapping: mapping as JSONObject }
  return { ...named, happens: (await mappedAndTried(kameleoon, definition, used, event)).happens }
}

/** As the list of events sums up what the mappings did. */
function overall(mappings: MappingPreview[]): Pick<EventPreview, 'status' | 'reason'> {
  const has = (status: Happens['status']): boolean => mappings.some(({ happens }) => happens.status === status)
  if (has('failed')) return { status: 'failed', reason: null }
  if (has('sent')) return { status: 'sent', reason: null }
  const isTaken = mappings.some(({ matched }) => matched)
  return { status: 'filtered', reason: isTaken ? null : 'No mapping takes this event.' }
}
