import { isRecord, parsedJson } from '../../segment-host'
import { parsed, type JsonObject } from '../../tracking-api'

/**
 * The events of a webhook, as the body of a batch: from one event, an array of events, a body `{"batch": […]}`, or an event on
 * each line.
 * @throws TrackingError when a line is not JSON
 */
export function webhookBody(text: string): JsonObject {
  const whole = parsedJson(text)
  if (isRecord(whole)) return Array.isArray(whole.batch) ? whole : { batch: [whole] }
  if (Array.isArray(whole)) return { batch: whole }
  return { batch: linesIn(text) }
}

function linesIn(text: string): unknown[] {
  return text
    .split('\n')
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, number }) => parsed(line, `Line ${number} of the body`))
}

/**
 * When an event arrived. Senders such as RudderStack pass on events that are complete already: the time they arrived there
 * counts, since an event's timestamp is corrected by it.
 */
export function arrivalOf({ receivedAt }: Record<string, unknown>, now: number): number {
  const time = typeof receivedAt === 'string' ? Date.parse(receivedAt) : NaN
  return Number.isNaN(time) || Math.abs(time) > now ? now : time
}
