import pino, { type DestinationStream } from 'pino'
import { Counter, type Registry } from 'prom-client'
import type { ReceiveWatch } from '../../../fleet'
import { messageOf } from '../../../segment-host'
import type { Output } from '../../context'
import { counted, plainText } from '../../text'

/** A watch that is closed at the end. */
export type ClosedReceiveWatch = ReceiveWatch & { close(): void }

/** How often the lines say what has been received, in milliseconds. */
const EVERY_MS = 10_000

/** Says every ten seconds what has been received, as long as something is, and what fails. */
export function receiverLines(output: Output): ClosedReceiveWatch {
  const counts = { received: 0, dropped: 0, failed: 0 }
  let said = ''
  const say = (text: string): void => void output.write(`${new Date().toISOString()} ${plainText(text)}\n`)
  const progress = (): void => {
    const { received, dropped, failed } = counts
    const text = `${counted(received, 'event')} received, ${counted(dropped, 'event')} not valid, ${counted(failed, 'call')} to be sent again`
    if (received + dropped + failed === 0 || text === said) return
    said = text
    say(text)
  }
  const timer = setInterval(progress, EVERY_MS)
  return {
    received: (events) => void (counts.received += events),
    dropped: (events) => void (counts.dropped += events.length),
    answered: (status) => void (counts.failed += isTemporary(status) ? 1 : 0),
    divided: () => undefined,
    failed: (what, error) => say(`${what}: ${messageOf(error)}`),
    note: say,
    close: () => {
      clearInterval(timer)
      progress()
    }
  }
}

const isTemporary = (status: number): boolean => status === 429 || status >= 500

/**
 * Structured logs of a receiver, one JSON object a line, without the content of events.
 * @param receiver the same in every record
 */
export function receiverLog(receiver: string, destination: DestinationStream): ClosedReceiveWatch {
  const logger = pino(
    {
      base: { receiver },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) }
    },
    destination
  )
  return {
    received: (events) => logger.info({ kind: 'received', events }, 'events are on the queue'),
    dropped: (events) => {
      // Without messages, which show values.
      const fields = [...new Set(events.flatMap(({ problems }) => problems.map(({ field }) => field)))]
      logger.warn({ kind: 'dropped', events: events.length, fields }, 'events are not valid')
    },
    answered: (status) => {
      if (status >= 400) logger.warn({ kind: 'answer', status }, 'call not taken')
    },
    divided: (events) => logger.info({ kind: 'divided', events }, 'events are on the partitions'),
    failed: (what, error) => logger.error({ kind: 'failure', reason: messageOf(error) }, what),
    note: (text) => logger.info({ kind: 'note' }, text),
    close: () => undefined
  }
}

const PREFIX = 'kameleoon_destination_receiver_'

type Counted = Pick<ReceiveWatch, 'received' | 'dropped' | 'answered' | 'divided'>

/** Adds what a receiver does to metrics. */
export function receiverMetrics(registry: Registry): Counted {
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[] = []): Counter<Label> =>
    new Counter({ name: `${PREFIX}${name}`, help, labelNames, registers: [registry] })
  const received = counter('events_total', 'Events that are on the queue.')
  const dropped = counter('invalid_events_total', 'Events that are not valid.')
  const answered = counter('answers_total', 'Answers by status.', ['status'])
  const divided = counter('divided_events_total', 'Events that this process moved to the partitions.')
  return {
    received: (events) => received.inc(events),
    dropped: (events) => dropped.inc(events.length),
    answered: (status) => answered.inc({ status }),
    divided: (events) => divided.inc(events)
  }
}

/** The watch, with everything counted in metrics too. */
export function countedToo(watch: ClosedReceiveWatch, metrics: Counted): ClosedReceiveWatch {
  return {
    ...watch,
    received: (events) => [watch, metrics].forEach((one) => one.received(events)),
    dropped: (events) => [watch, metrics].forEach((one) => one.dropped(events)),
    answered: (status) => [watch, metrics].forEach((one) => one.answered(status)),
    divided: (events) => [watch, metrics].forEach((one) => one.divided(events))
  }
}
