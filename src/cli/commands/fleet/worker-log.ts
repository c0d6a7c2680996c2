import pino, { type DestinationStream } from 'pino'
import { recordOf, redacted } from '../../../segment-host'
import type { WorkerWatch } from './worker-lines'

/**
 * Structured logs of a worker, one JSON object a line, without the content of events.
 * @param worker the same in every record
 * @param secrets texts to replace wherever they occur
 */
export function workerLog(worker: string, destination: DestinationStream, secrets: string[]): WorkerWatch {
  const options: pino.LoggerOptions = {
    base: { worker },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level) => ({ level }), log: (record) => recordOf(redacted(record, secrets)) }
  }
  const logger = pino(options, destination)
  return {
    job: ({ subscription, outcomes, milliseconds, run, partition, events, undelivered, reason }) => {
      const counts = { delivered: 0, filtered: 0, rejected: 0 }
      outcomes.forEach(({ kind }) => counts[kind]++)
      const { name, partnerAction: action } = subscription
      const latencyMs = Math.round(milliseconds)
      const record = {
        kind: 'job',
        run,
        partition,
        subscription: name,
        action,
        events,
        ...counts,
        undelivered,
        latencyMs
      }
      if (undelivered > 0) logger.warn({ ...record, reason }, 'events stay on the queue')
      else logger.info(record, 'job finished')
    },
    state: (state) => {
      if (state.kind === 'outage')
        logger.warn({ kind: 'state', state: state.kind, ...state.outage }, 'Kameleoon takes no events')
      else logger.info({ kind: 'state', state: state.kind }, 'workers may take jobs, or not')
    },
    trouble: (reason) => logger.error({ kind: 'queue', reason }, 'the queue cannot be used for now'),
    note: (text) => logger.info({ kind: 'note' }, String(redacted(text, secrets))),
    close: () => undefined
  }
}
