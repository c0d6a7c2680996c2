import { Destination, getAuthData, type JSONObject, type SegmentEvent } from '@segment/actions-core'
import { seededRandom, type Random } from '../../../../faults/random'
import { subscriptionSender, type SendEvents } from '../../action/subscription-sender'
import { outcomeOf, thrownOutcome, type Outcome } from '../../outcome'
import { eventText } from './generated-events'
import { wholeMappingText } from './generated-mappings'
import { pick } from './generated-text'
import { frozen, portrait } from './portrait'
import { recordingDefinition, type Received } from './recording-definition'

const EVENTS_A_MAPPING = 4

/** What pairs of mapping and event came to. Differences are described; the others are numbers of pairs. */
export interface Comparison {
  pairs: number
  /** Delivered with equal payloads. */
  delivered: number
  /** The payload did not fit the fields, with equal messages. */
  invalid: number
  /** The mapping failed on the event, with equal messages. */
  failed: number
  /** The framework resolves the whole mapping, so there is nothing to compare; these are not among the pairs. */
  throughFramework: number
  differences: string[]
}

/** Compares generated pairs of mapping and event with the framework's own batches. @param pairs how many at least */
export async function compareWithFramework(pairs: number, seed: number): Promise<Comparison> {
  // Traces of the many expected errors would take most of the time.
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  const random = seededRandom(seed)
  const compared: Comparison = { pairs: 0, delivered: 0, invalid: 0, failed: 0, throughFramework: 0, differences: [] }
  while (compared.pairs < pairs) await compareMapping(random, compared)
  Error.stackTraceLimit = stackTraceLimit
  return compared
}

/** The same definition twice, each with a list of its own. */
const ours: Received[] = []
const theirs: Received[] = []
const definition = recordingDefinition(ours)
const destination = new Destination(recordingDefinition(theirs))
const keys = Object.keys(definition.actions)

async function compareMapping(random: Random, compared: Comparison): Promise<void> {
  const action = pick(random, keys)
  const mapping = wholeMappingText(random, definition.actions[action].fields)
  const texts = Array.from({ length: EVENTS_A_MAPPING }, () => eventText(random))
  const send = senderFor(action, mapping)
  if (!send) return void (compared.throughFramework += texts.length)
  const [direct, framework] = [await sentDirectly(send, mapping, texts), await sentByFramework(action, mapping, texts)]
  compared.pairs += texts.length
  framework.outcomes.forEach((outcome) => compared[kindOf(outcome)]++)
  if (portrait(direct) === portrait(framework)) return
  compared.differences.push(`${action} ${mapping}\n${texts.join('\n')}\n${portrait(direct)}\n${portrait(framework)}`)
}

function kindOf(outcome: Outcome): 'delivered' | 'invalid' | 'failed' {
  if (outcome.kind !== 'rejected') return 'delivered'
  return /^\w*Error: /.test(outcome.reason) ? 'failed' : 'invalid'
}

const subscription = (partnerAction: string, mapping: string) => ({
  name: 'Compared',
  partnerAction,
  subscribe: 'type != "other"',
  mapping: JSON.parse(mapping) as JSONObject
})

function senderFor(action: string, mapping: string): SendEvents | null {
  return subscriptionSender(definition, { settings: {}, auth: getAuthData({}) }, subscription(action, mapping))
}

interface Sent {
  outcomes: Outcome[]
  payloads: unknown[]
  memberships: unknown[]
  rest: unknown
}

/** All events in one batch. They must not change, since other subscriptions get them too. */
async function sentDirectly(send: SendEvents, mapping: string, texts: string[]): Promise<Sent> {
  ours.length = 0
  const events = texts.map((text) => JSON.parse(text) as SegmentEvent)
  // A frozen prototype forbids an object to have members of the same names.
  const nodes = await send(
    events.map((event, index) => (`${mapping}${texts[index]}`.includes('__proto__') ? event : frozen(event)))
  )
  events.forEach((event, index) => expectUnchanged(event, texts[index]))
  return sentIn(ours, nodes.map(outcomeOf))
}

function expectUnchanged(event: SegmentEvent, text: string): void {
  if (portrait(event) !== portrait(JSON.parse(text))) throw new Error(`The event was changed: ${text}`)
}

/** Each event alone, as they are in the end when one of them makes a batch fail. */
async function sentByFramework(action: string, mapping: string, texts: string[]): Promise<Sent> {
  theirs.length = 0
  const outcomes: Outcome[] = []
  for (const text of texts) outcomes.push(await outcomeByFramework(action, mapping, JSON.parse(text) as SegmentEvent))
  return sentIn(theirs, outcomes)
}

async function outcomeByFramework(action: string, mapping: string, event: SegmentEvent): Promise<Outcome> {
  try {
    const [result] = await destination.onBatch([event], { subscription: subscription(action, mapping) })
    return outcomeOf(result?.multistatus?.[0])
  } catch (error) {
    return thrownOutcome(error)
  }
}

function sentIn(batches: Received[], outcomes: Outcome[]): Sent {
  const [first] = batches
  return {
    outcomes,
    payloads: batches.flatMap(({ payload }) => payload),
    memberships: batches.flatMap(({ audienceMembership }) => audienceMembership),
    rest: first && [first.syncMode, first.matchingKey, first.hookOutputs]
  }
}
