import pino, { type DestinationStream, type Logger } from 'pino'
import { recordOf, redacted, type Pause, type SentBatch, type Settled } from '../../segment-host'
import { systemClock, type Clock } from './clock'
import type { Position, SentRequest, Watch } from './watch'

export interface LogOptions {
  /** The same in every record of a run, so that runs can be told apart. */
  runId: string
  destination: DestinationStream
  /** Texts to replace wherever they occur, such as the API key. */
  secrets?: string[]
  clock?: Pick<Clock, 'now'>
}

/** Standard error. Every record is written before the program goes on, so that none is lost when it ends. */
export function standardError(): DestinationStream {
  const destination = pino.destination({ dest: 2, sync: true })
  let isOpen = true
  // The disk may be full. The delivery goes on, and records must not pile up in memory. (pino itself takes care of a
  // reader that has gone.)
  destination.on('error', () => void (isOpen = false))
  return { write: (line) => void (isOpen && destination.write(line)) }
}

/** Structured logs, one JSON object a line. They hold no content of events, no queries and no headers of requests. */
export function logWatch({ runId, destination, secrets = [], clock = systemClock }: LogOptions): Watch {
  const logger = loggerOf(runId, destination, secrets)
  const counts = new Counts(clock)
  return {
    position: (position) => void (counts.position = position),
    settled: (settled) => {
      counts.settled(settled)
      logSettled(logger, settled)
    },
    batch: (batch) => {
      counts.retries += batch.again
      logBatch(logger, batch)
    },
    request: (request) => {
      counts.requests++
      logRequest(logger, request)
    },
    waiting: (waiting) => logWaiting(logger, waiting),
    note: (text) => logger.info({ kind: 'note' }, String(redacted(text, secrets))),
    close: () => Promise.resolve(logger.info({ kind: 'summary', ...counts.summary() }, 'run ended'))
  }
}

function loggerOf(run: string, destination: DestinationStream, secrets: string[]): Logger {
  const options: pino.LoggerOptions = {
    base: { run },
    timestamp: pino.stdTimeFunctions.isoTime,
    // Reasons are texts of the destination or of Kameleoon, which may repeat what they were sent.
    formatters: { level: (level) => ({ level }), log: (record) => recordOf(redacted(record, secrets)) }
  }
  return pino(options, destination)
}

function logSettled(logger: Logger, settled: Settled): void {
  const { outcome, subscription } = settled
  if (outcome.kind === 'delivered' || outcome.kind === 'filtered') return
  // Only sources of several files name them, and only an answer has a status.
  const { file, line }: { file?: string; line: number } = settled
  const { status, reason }: { status?: number; reason: string } = outcome
  const record = { ...subscriptionOf(subscription), file, line, status, reason }
  const kind: string = outcome.kind
  logger.warn({ kind, ...record }, kind === 'rejected' ? 'event rejected' : 'event not delivered')
}

function logBatch(logger: Logger, { subscription, milliseconds, ...batch }: SentBatch): void {
  logger.info({ kind: 'batch', ...subscriptionOf(subscription), ...batch, latencyMs: milliseconds }, 'batch sent')
}

function logRequest(logger: Logger, { milliseconds, ...request }: SentRequest): void {
  const { status } = request
  if (status !== null && status < 400) return
  const record = { kind: 'request', ...request, latencyMs: milliseconds }
  if (status === null) return logger.warn(record, 'request without an answer')
  logger.warn(record, status === 429 ? 'too many requests for Kameleoon' : 'request failed')
}

function logWaiting(logger: Logger, { subscription, events, milliseconds, reason }: Pause): void {
  const record = { kind: 'waiting', ...subscriptionOf(subscription), events, waitMs: milliseconds, reason }
  logger.warn(record, 'waiting before events are sent again')
}

function subscriptionOf(subscription: Settled['subscription']): { subscription?: string; action?: string } {
  return subscription ? { subscription: subscription.name, action: subscription.partnerAction } : {}
}

/** What the last record tells about the whole run. */
class Counts {
  position: Position | undefined
  requests = 0
  retries = 0
  private readonly outcomes: Record<string, number> = { delivered: 0, filtered: 0, rejected: 0, undelivered: 0 }
  private readonly start: number

  constructor(private readonly clock: Pick<Clock, 'now'>) {
    this.start = clock.now()
  }

  settled({ outcome: { kind } }: Settled): void {
    this.outcomes[kind]++
  }

  summary(): Record<string, unknown> {
    const { requests, retries, position, outcomes } = this
    return { durationMs: this.clock.now() - this.start, ...outcomes, requests, retries, position }
  }
}
