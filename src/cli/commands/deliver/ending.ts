import type { Summary } from '../../../segment-host'
import type { StopSignal } from '../../context'
import type { CheckpointFile } from './checkpoint-file'

/** Exit codes of `deliver`. */
export const EXIT_CODES = {
  done: 0,
  rejected: 1,
  wrongUsage: 2,
  unfinished: 3,
  SIGINT: 130,
  SIGTERM: 143
} as const

/** @param signal the one that the process got, if any */
export function exitCodeOf({ stopped, undelivered, rejected }: Summary, signal: StopSignal | undefined): number {
  if (stopped?.cause === 'request') return EXIT_CODES[signal ?? 'SIGINT']
  if (stopped?.cause === 'source') return EXIT_CODES.wrongUsage
  if ((stopped && stopped.cause !== 'limit') || undelivered > 0) return EXIT_CODES.unfinished
  return rejected > 0 ? EXIT_CODES.rejected : EXIT_CODES.done
}

/** True when nothing is left to send, so that no checkpoint is needed. */
export function isFinished({ stopped, undelivered, unsettled }: Summary): boolean {
  return stopped === undefined && undelivered === 0 && unsettled === 0
}

export interface Ending {
  summary: Summary
  /** `line` or `event`; see `EventSource.unit`. */
  unit: string
  signal: StopSignal | undefined
  /** None for a dry run. */
  checkpoint: Pick<CheckpointFile, 'path' | 'state'> | null
}

/** Why the run stopped, where, and how to go on; empty for a run that came to its end. */
export function endingText(ending: Ending): string {
  const { summary, checkpoint } = ending
  if (isFinished(summary)) return ''
  return [causeText(ending), openText(summary), checkpoint ? resumeText(checkpoint) : ''].filter(Boolean).join(' ')
}

function causeText({ summary: { stopped, undelivered }, unit, signal }: Ending): string {
  if (!stopped) return `${events(undelivered)} could not be delivered, although every attempt was made.`
  const where = stopped.after
    ? `after ${unit} ${stopped.after.line.toLocaleString('en')} of ${stopped.after.file}`
    : 'before the first event'
  const reason = stopped.cause === 'request' && signal ? `${signal} was received` : stopped.reason
  return `Stopped ${where}: ${reason}.`
}

function openText({ unsettled, stopped }: Summary): string {
  if (unsettled === 0) return ''
  const them = unsettled === 1 ? 'it is' : 'they are'
  const repeated =
    stopped?.cause === 'output' || stopped?.cause === 'request'
      ? ' A batch under way may have arrived: its nonces tell Kameleoon.'
      : ''
  return `${events(unsettled)} that ${unsettled === 1 ? 'was' : 'were'} read ${unsettled === 1 ? 'has' : 'have'} no result yet: ${them} sent when the run goes on.${repeated}`
}

function resumeText({ path, state }: NonNullable<Ending['checkpoint']>): string {
  if (state === 'true') return `Go on with the same command and --resume; how far it came is in ${path}.`
  const failure = `The checkpoint ${path} could not be written at the end.`
  return state === 'older'
    ? `${failure} It is older, so --resume sends some events again, with the same nonces.`
    : `${failure} The same command begins anew, and sends some events again, with the same nonces.`
}

const events = (count: number): string => `${count.toLocaleString('en')} ${count === 1 ? 'event' : 'events'}`
