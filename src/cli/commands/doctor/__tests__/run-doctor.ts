import kameleoon from '../../../../destinations/kameleoon'
import { startEmulator, type Emulator, type EmulatorInput } from '../../../../emulator'
import { observedTerminal } from '../../../__tests__/observed-terminal'
import { run } from '../../../program'
import type { Line, LineState } from '../line'

const running: Emulator[] = []

/** Closes every emulator that a test has started here. For `afterEach`. */
export async function closeEmulators(): Promise<void> {
  await Promise.all(running.splice(0).map((emulator) => emulator.close()))
}

let accounts = 0

/** An emulator of an account of its own, since tokens are remembered by account. */
export async function emulated(options: EmulatorInput = {}): Promise<Emulator> {
  const clientId = `doctor-client-${accounts++}`
  const emulator = await startEmulator({ clientId, clientSecret: 'hush-hush-secret', rateLimits: false, ...options })
  running.push(emulator)
  return emulator
}

export interface Examined {
  code: number
  lines: Line[]
  printed: string
  said: string
  /** The lines about a subject. */
  about: (subject: string) => Line[]
  /** The subjects that are in this state. */
  subjects: (state: LineState) => string[]
}

/** Runs the doctor with these arguments and this environment. */
export async function doctor(
  args: string[] = [],
  env: Record<string, string> = {},
  now?: () => number
): Promise<Examined> {
  const terminal = observedTerminal(env)
  const untilInterrupted = () => new Promise<never>(() => undefined)
  const code = await run(['doctor', ...args], { terminal, definition: kameleoon, untilInterrupted, now })
  const printed = terminal.printed()
  const lines = args.includes('--json') && printed !== '' ? (JSON.parse(printed) as { lines: Line[] }).lines : []
  return {
    ...{ code, lines, printed, said: terminal.said() },
    about: (subject) => lines.filter((line) => line.subject === subject),
    subjects: (state) => lines.filter((line) => line.state === state).map(({ subject }) => subject)
  }
}

/** Runs it against an emulator, with that emulator's credentials unless the environment has others. */
export function doctorAt(emulator: Emulator, env: Record<string, string> = {}, now?: () => number): Promise<Examined> {
  const own = { KAMELEOON_API_KEY: emulator.apiKey, KAMELEOON_SITECODE: emulator.sitecode }
  return doctor(['--json', '--emulator', emulator.url], { ...own, ...env }, now)
}
