import type { Fleet } from '../fleet'

/** Whether workers may take jobs. */
export type FleetState =
  | { kind: 'open' }
  /** Somebody has paused the fleet. */
  | { kind: 'paused' }
  /** Kameleoon does not answer. */
  | { kind: 'outage'; outage: Outage }

export interface Outage {
  /** In milliseconds since 1970, by the clock of the worker that noticed it. */
  since: number
  reason: string
  /** Milliseconds between two trials. */
  pause: number
}

const PAUSED_KEY = 'paused'
const OUTAGE_KEY = 'outage'
const FAILURES_KEY = 'failures'
/** While it is there, no worker sends a job during an outage. */
const TRIAL_KEY = 'outage-trial'

/** After so many jobs in a row of which no event was taken, Kameleoon is taken to be down. */
const FAILED_JOBS = 3
const FIRST_PAUSE_MS = 2_000
const LONGEST_PAUSE_MS = 60_000

export async function pauseFleet({ store }: Pick<Fleet, 'store'>): Promise<void> {
  await store.set(PAUSED_KEY, '1')
}

export async function resumeFleet({ store }: Pick<Fleet, 'store'>): Promise<void> {
  await store.remove(PAUSED_KEY)
}

export async function stateOf({ store }: Pick<Fleet, 'store'>): Promise<FleetState> {
  const [paused, outage] = await Promise.all([store.get(PAUSED_KEY), store.get(OUTAGE_KEY)])
  if (paused !== null) return { kind: 'paused' }
  // Written below.
  return outage === null ? { kind: 'open' } : { kind: 'outage', outage: JSON.parse(outage) as Outage }
}

/** Whether one job may be sent although Kameleoon does not answer: once in each pause, by whatever worker. */
export function mayTry({ store }: Pick<Fleet, 'store'>, { pause }: Outage): Promise<boolean> {
  return store.setIfAbsent(TRIAL_KEY, '1', pause / 1000)
}

/** Kameleoon took events of a job. */
export async function jobSucceeded({ store }: Pick<Fleet, 'store'>): Promise<void> {
  await Promise.all([FAILURES_KEY, OUTAGE_KEY, TRIAL_KEY].map((key) => store.remove(key)))
}

/**
 * All attempts for all events of a job failed.
 * @param state as it was when the job was taken
 * @returns whether Kameleoon is taken to be down
 */
export async function jobFailed({ store }: Pick<Fleet, 'store'>, state: FleetState, reason: string): Promise<boolean> {
  if (state.kind === 'outage') {
    const pause = Math.min(state.outage.pause * 2, LONGEST_PAUSE_MS)
    await store.set(OUTAGE_KEY, JSON.stringify({ ...state.outage, reason, pause }))
    await store.set(TRIAL_KEY, '1', pause / 1000)
    return true
  }
  await store.add(FAILURES_KEY, { inRow: 1 })
  const { inRow } = await store.counts(FAILURES_KEY)
  if (inRow < FAILED_JOBS) return false
  const outage: Outage = { since: Date.now(), reason, pause: FIRST_PAUSE_MS }
  const isNew = await store.setIfAbsent(OUTAGE_KEY, JSON.stringify(outage))
  if (isNew) await store.set(TRIAL_KEY, '1', FIRST_PAUSE_MS / 1000)
  return true
}
