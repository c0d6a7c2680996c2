import type { Summary } from '../../../segment-host'
import type { StopSignal } from '../../context'
import type { CheckpointFile } from './checkpoint-file'

/** Exit codes of `deliver`, for its help and docs. */
export const EXIT_CODES = {
  done: { code: 0, meaning: 'nothing was rejected' },
  rejected: { code: 1, meaning: 'all is settled, and an event was rejected' },
  wrongUsage: { code: 2, meaning: 'wrong usage, nothing there to deliver to, or a file that cannot be read' },
  unfinished: { code: 3, meaning: 'stopped before the end, or events are undelivered: go on with --resume' },
  SIGINT: { code: 130, meaning: 'stopped by Ctrl-C (SIGINT): go on with --resume' },
  SIGTERM: { code: 143, meaning: 'stopped by SIGTERM: go on with --resume' }
} as const

/** What is said when a source cannot be that of the stopped run. */
export const CHANGED_SOURCE =
  'The events are not those of the stopped run: their beginning has changed. Use --restart to deliver from the start'

/** @param signal the one that the process got, if any */
export function exitCodeOf(summary: Summary, signal: StopSignal | undefined): number {
  return EXIT_CODES[endOf(summary, signal)].code
}

function endOf({ stopped, undelivered, rejected }: Summary, signal: StopSignal | undefined): keyof typeof EXIT_CODES {
  if (stopped?.cause === 'request') return signal ?? 'SIGINT'
  if (stopped?.cause === 'source') return 'wrongUsage'
  if ((stopped && stopped.cause !== 'limit') || undelivered > 0) return 'unfinished'
  return rejected > 0 ? 'rejected' : 'done'
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
  const read = `${events(unsettled)} ${unsettled === 1 ? 'was' : 'were'} read and not settled: --resume sends ${unsettled === 1 ? 'it' : 'them'}.`
  // What arrived could not be written down.
  return stopped?.cause === 'output' ? `${read} Those that arrived already are sent with the same nonces.` : read
}

function resumeText({ path, state }: NonNullable<Ending['checkpoint']>): string {
  if (state === 'true') return `Go on with the same command and --resume. How far it came is in ${path}.`
  const failure = `The checkpoint ${path} could not be written at the end.`
  return state === 'older'
    ? `${failure} It is older, so --resume sends some events again, with the same nonces.`
    : `${failure} The same command begins anew, and sends some events again, with the same nonces.`
}

const events = (count: number): string => `${count.toLocaleString('en')} ${count === 1 ? 'event' : 'events'}`
