import type { Readable } from 'stream'
import { hostDestination, presetSubscriptions, readMappingFile, runDelivery, type Summary } from '../../../segment-host'
import { sentEventsIn, type SentEvent, type SentRequest } from '../../../visitor-check'
import { openEvents } from '../../../event-files/open-events'
import type { ProjectTarget } from '../../project-target'
import { readsOnly } from './reads-only'

/** What Segment events would send for one visitor. */
export interface PlannedEvents {
  events: SentEvent[]
  /** What is to know about events that are not compared. */
  notes: string[]
}

const BATCH_SIZE = 1000

/**
 * Works out which visit events these Segment events send for a visitor. Kameleoon is only read: its goals, and linked visitors.
 * @throws UsageError when a file cannot be read
 */
export async function plannedEvents<Settings>(
  paths: readonly string[],
  mapping: string | undefined,
  visitorCode: string,
  { definition, settings }: ProjectTarget<Settings>,
  standardInput: Readable
): Promise<PlannedEvents> {
  const subscriptions = mapping ? readMappingFile(mapping, definition) : presetSubscriptions(definition)
  const events = await openEvents(paths, { standardInput })
  const requests: SentRequest[] = []
  const reading = readsOnly(definition, (request) => {
    // Of a large file, only what this visitor gets is kept.
    if (sentEventsIn([request], visitorCode).length > 0) requests.push(request)
  })
  const summary = await runDelivery(events.portions(), {
    ...{ destination: reading, subscriptions, send: hostDestination(reading, settings) },
    ...{ batchSize: BATCH_SIZE, concurrency: 1, retry: { retries: 0 } }
  })
  return { events: sentEventsIn(requests, visitorCode), notes: notesOf(summary) }
}

function notesOf({ undelivered, rejected, subscriptions }: Summary): string[] {
  const reasons = subscriptions.flatMap((one) => [...one.undelivered.reasons, ...one.rejected.reasons])
  const count = undelivered + rejected
  if (count === 0) return []
  const [first] = reasons
  return [`Not compared: ${count} of the Segment events would not be sent.${first ? ` ${first.reason}` : ''}`]
}
