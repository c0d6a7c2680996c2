import type { RecordedExchange } from '../../../segment-host'
import type { Exchange, PartResult } from '../../contract'
import { commandsOf, type Commands } from './curl-commands'
import type { SentParts, TracedRequest } from './batch-trace'
import type { TracedAttempt } from './mapping-trace'
import { isGoalOf, ownedPart, requestParts, type RequestParts } from './request-parts'

/**
 * The requests of an attempt that concern an event, with the results of the event's own parts. Requests that concern no
 * particular event, such as one for a token, are included for every event.
 * @param ids all known ids of the event
 * @param emulatorUrl where the emulator listens, as `http://host:port`
 */
export function exchangesOfEvent(attempt: TracedAttempt, ids: ReadonlySet<string>, emulatorUrl: string): Exchange[] {
  const { batch, position } = attempt
  const own = batch.parts[position]
  const isUnsent = wasNotSent(attempt)
  return batch.requests.flatMap((request) => {
    const { exchange } = request
    const parts = requestParts(exchange)
    const commands = commandsOf(exchange, request.result === null ? null : emulatorUrl)
    if (parts === null) return [shown(exchange, commands, batch.parts.length, [])]
    // The destination reports all maps it wrote for an event, so further maps under the event's ids are not its own.
    const part = ownedPart(parts, own, isUnsent || (isAccepted(exchange) && !parts.isReading) ? NO_IDS : ids)
    if (part.nonces.length + part.keys.length === 0 && (isUnsent || !isGoalOf(parts, own))) return []
    const results = parts.isReading ? [] : resultsOf(request, parts, part, countNonces(batch.parts.slice(0, position)))
    return [shown(exchange, commands, countEvents(parts, batch.parts), results)]
  })
}

const NO_IDS: ReadonlySet<string> = new Set()

/** The event was rejected for its content, though Kameleoon rejected no request of the batch for its content. */
function wasNotSent({ batch, outcome }: TracedAttempt): boolean {
  const isOwnFault = outcome.kind === 'rejected' && outcome.status === 400
  return isOwnFault && !batch.requests.some(({ exchange: { response } }) => [400, 413].includes(response?.status ?? 0))
}

function isAccepted({ response }: RecordedExchange): boolean {
  return response !== null && response.status >= 200 && response.status <= 299
}

/** How many events of the batch have a part in a request, at least this one. */
function countEvents(parts: RequestParts, all: SentParts[]): number {
  const known = all.filter((sent) => {
    const isSent = sent.nonces.some((nonce) => parts.types.has(nonce)) || sent.keys.some((key) => parts.keys.has(key))
    return isSent || isGoalOf(parts, sent)
  })
  return Math.max(1, known.length)
}

/** How many events have each nonce. Equal events of a batch have the same nonce, and each has its own result. */
function countNonces(parts: SentParts[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { nonces } of parts) {
    for (const nonce of nonces) counts.set(nonce, (counts.get(nonce) ?? 0) + 1)
  }
  return counts
}

/**
 * The results of an event's parts in a request; none for a request to the real Kameleoon, which does not report them.
 * @param before how often each nonce occurs in the events before this one
 */
function resultsOf(
  { exchange, result }: TracedRequest,
  { types }: RequestParts,
  { nonces, keys }: SentParts,
  before: ReadonlyMap<string, number>
): PartResult[] {
  if (result === null) return []
  const counts = new Map(before)
  const events = nonces.map((nonce) => {
    const index = counts.get(nonce) ?? 0
    counts.set(nonce, index + 1)
    const found = result.parts?.filter(({ key }) => key === nonce) ?? []
    return found[index] ?? found[0] ?? notTaken(types.get(nonce) ?? 'event', nonce, exchange)
  })
  const maps = keys.map((key) => result.parts?.find((part) => part.key === key) ?? notTaken('map', key, exchange))
  return [...events, ...maps]
}

function notTaken(what: string, key: string, { response, error }: RecordedExchange): PartResult {
  const reason = response ? `Kameleoon answered ${response.status}` : (error ?? 'There is no answer yet')
  return { what, key, visitorCode: null, kind: 'not-taken', reason, value: null }
}

function shown(exchange: RecordedExchange, commands: Commands, sharedBy: number, results: PartResult[]): Exchange {
  const { id, at, milliseconds, method, url, headers, body, response, error } = exchange
  return {
    ...{ id, at: new Date(at).toISOString(), milliseconds, sharedBy },
    request: { method, url, headers, body, ...commands },
    ...{ response, error, results }
  }
}
