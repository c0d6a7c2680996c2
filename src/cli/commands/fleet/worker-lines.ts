import type { FinishedJob, FleetState } from '../../../fleet'
import type { Output } from '../../context'
import { counted, plainText } from '../../text'

/** How often a worker says what it has done, in milliseconds. */
const EVERY_MS = 10_000

/** Follows a worker. */
export interface WorkerWatch {
  job(job: FinishedJob): void
  state(state: FleetState): void
  /** The queue cannot be used for now. */
  trouble(reason: string): void
  note(text: string): void
  close(): void
}

/** Says what a worker does, every ten seconds as long as it does something. */
export function workerLines(output: Output): WorkerWatch {
  const counts = { delivered: 0, filtered: 0, rejected: 0 }
  let [jobs, jobsSaid] = [0, 0]
  const say = (text: string): void => void output.write(`${new Date().toISOString()} ${plainText(text)}\n`)
  const progress = (): void => {
    if (jobs === jobsSaid) return
    jobsSaid = jobs
    const { delivered, filtered, rejected } = counts
    say(
      `${counted(jobs, 'job')}: ${number(delivered)} delivered, ${number(filtered)} filtered, ${number(rejected)} rejected`
    )
  }
  const timer = setInterval(progress, EVERY_MS)
  return {
    job: ({ outcomes, undelivered, reason, subscription }) => {
      jobs++
      outcomes.forEach(({ kind }) => counts[kind]++)
      if (undelivered > 0) say(`${counted(undelivered, 'event')} of ${subscription.name} stay on the queue: ${reason}`)
    },
    state: (state) => say(stateText(state)),
    trouble: (reason) => say(`The queue cannot be used for now: ${reason}`),
    note: say,
    close: () => {
      clearInterval(timer)
      progress()
    }
  }
}

/** What workers may do, as a sentence. */
export function stateText(state: FleetState): string {
  if (state.kind === 'open') return 'Workers take jobs.'
  if (state.kind === 'paused') return 'The queue is paused; "queue resume" lets workers go on.'
  const { reason, pause } = state.outage
  return `Kameleoon takes no events (${reason}). Workers wait, and one of them tries a job every ${pause / 1000} s.`
}

const number = (count: number): string => count.toLocaleString('en')
