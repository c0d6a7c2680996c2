import { startEmulator, type Emulator, type EmulatorInput, type Modes } from '../../../../emulator'
import type { Clock } from '../link'
import { probe, type ProbeOptions } from '../probe'
import type { Report } from '../report'
import { transportTo } from '../transport'

/** When every test begins. */
export const START = Date.UTC(2026, 10, 26)

/** A clock that stands still, except while somebody waits. */
export function steppedClock(): Clock {
  let time = START
  return {
    now: () => time,
    wait: (milliseconds) => {
      time += milliseconds
      return Promise.resolve()
    }
  }
}

export interface Probed {
  report: Report
  emulator: Emulator
}

const running: Emulator[] = []

/** Closes the emulators of a test. */
export async function closeEmulators(): Promise<void> {
  await Promise.all(running.splice(0).map((emulator) => emulator.close()))
}

export interface ProbedEmulator {
  emulator: Emulator
  options: ProbeOptions
}

/** An emulator, and the options of a run that probes it. Both have one clock. */
export async function probedEmulator(
  input: EmulatorInput,
  further: Partial<ProbeOptions> = {}
): Promise<ProbedEmulator> {
  const clock = steppedClock()
  const emulator = await startEmulator({ ...input, clock: clock.now })
  running.push(emulator)
  const options: ProbeOptions = {
    ...{ apiKey: emulator.apiKey, siteCode: emulator.sitecode, dataHost: 'https://eu-data.kameleoon.io' },
    ...{ transport: transportTo(emulator.url), clock, signal: new AbortController().signal },
    ...{ run: 'abc123', waitSeconds: 120 },
    ...further
  }
  return { emulator, options }
}

/**
 * Runs the probe against an emulator with these options.
 * @param prepare called before the run
 */
export async function probed(
  input: EmulatorInput,
  further: Partial<ProbeOptions> = {},
  prepare: (emulator: Emulator) => unknown = () => undefined
): Promise<Probed> {
  const { emulator, options } = await probedEmulator(input, further)
  await prepare(emulator)
  return { emulator, report: await probe(options) }
}

/** All modes of the answers in a report. */
export function modesOf({ questions }: Report): Partial<Modes> {
  return questions.reduce<Partial<Modes>>((all, { mode }) => ({ ...all, ...mode }), {})
}

/** Answer and finding by the id of the question. */
export function answersOf({ questions }: Report): Record<string, string> {
  return Object.fromEntries(questions.map(({ id, answer, found }) => [id, `${answer}: ${found}`]))
}

/** What an emulator still has of a run. Archived goals count as removed, since Kameleoon keeps those. */
export function leftAt(emulator: Emulator): object {
  return {
    maps: emulator.maps(),
    visitors: emulator.visitors(),
    goals: emulator.goals
      .filter(({ name, isArchived }) => name.includes('probe') && !isArchived)
      .map(({ name }) => name)
  }
}

export const NOTHING = { maps: {}, visitors: [], goals: [] }
