import { randomBytes } from 'crypto'
import { accessSync, constants, mkdirSync, writeFileSync } from 'fs'
import { join } from 'path'
import type { Command } from 'commander'
import { DATA_HOSTS, DEFAULT_DATA_REGION } from '../../../destinations/kameleoon'
import { DEFAULT_PROJECT } from '../../../emulator'
import { defaultRetryPolicy, messageOf, UsageError } from '../../../segment-host'
import { coloursFor, widthOf, type CommandContext } from '../../context'
import { credentialsFrom, type Credentials } from '../../credentials'
import { emulatorAddress, wholeNumber } from '../../option-values'
import { checkEmulator } from '../../target-check'
import { HELP } from '../help-texts'
import { planText } from './plan-text'
import { probe } from './probe'
import { isComplete, type Report } from './report'
import { reportMarkdown } from './report-markdown'
import { endText } from './end-text'
import { transportTo } from './transport'

export interface ProbeCommandOptions {
  yes?: boolean
  emulator?: string
  out: string
  /** Most seconds to wait until something that was written can be read. */
  wait: number
  knownUser?: string
}

/** The names of the two files in the folder of `--out`. */
export const REPORT_FILES = { json: 'kameleoon-probe.json', markdown: 'kameleoon-probe.md' }

/**
 * Asks Kameleoon what its documentation leaves open, with a visitor, maps and goals of its own, and writes a report. Resolves
 * to 0, or to 1 when not every question could be asked or something was left behind, or to 2 without `--yes`.
 * @throws UsageError when nothing could be asked
 */
export async function runProbe<Settings>(
  options: ProbeCommandOptions,
  context: CommandContext<Settings>
): Promise<number> {
  const { stdout, stderr, env } = context.terminal
  if (!options.yes) {
    stdout.write(planText(options.out, widthOf(stdout)))
    return 2
  }
  const credentials = await credentialsFor(options, context)
  requireFolder(options.out)
  const report = await probe({
    ...{ apiKey: credentials.apiKey, siteCode: credentials.sitecode, dataHost: dataHostOf(credentials) },
    ...{ transport: transportTo(options.emulator), signal: interruption(context) },
    clock: { now: Date.now, wait: context.retry?.wait ?? defaultRetryPolicy.wait },
    ...{ run: randomBytes(5).toString('hex'), waitSeconds: options.wait, knownUser: options.knownUser },
    onProgress: (text) => stderr.write(`  ${text}\n`)
  })
  save(report, options.out)
  stdout.write(endText(report, options.out, coloursFor(stdout, env), widthOf(stdout)))
  return isComplete(report) ? 0 : 1
}

async function credentialsFor<Settings>(
  { emulator }: ProbeCommandOptions,
  { terminal: { env }, definition }: CommandContext<Settings>
): Promise<Credentials> {
  const credentials = credentialsFrom(env, definition)
  if (emulator) {
    const used = credentials ?? DEFAULT_PROJECT
    await checkEmulator(emulator, { credentials: used, env })
    return used
  }
  if (credentials) return credentials
  throw new UsageError(
    'There is no project to probe: set KAMELEOON_API_KEY and KAMELEOON_SITECODE, or name an emulator with --emulator'
  )
}

function dataHostOf({ dataRegion }: Credentials): string {
  // The region was checked against the settings, whose choices are these.
  return DATA_HOSTS[(dataRegion as keyof typeof DATA_HOSTS | undefined) ?? DEFAULT_DATA_REGION]
}

/** A signal that is aborted when the process is asked to stop. */
function interruption<Settings>({
  terminal,
  untilInterrupted
}: Pick<CommandContext<Settings>, 'terminal' | 'untilInterrupted'>): AbortSignal {
  const controller = new AbortController()
  void untilInterrupted().then(() => {
    terminal.stderr.write(
      'Stopping: what was created is removed first. Another Ctrl-C ends at once and leaves it there.\n'
    )
    controller.abort()
  })
  return controller.signal
}

/** Checked before the first request, so that no report is lost. */
function requireFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
  } catch (error) {
    throw new UsageError(`Cannot write the report to the folder ${folder}: ${messageOf(error)}`)
  }
}

function save(report: Report, folder: string): void {
  try {
    writeFileSync(join(folder, REPORT_FILES.json), `${JSON.stringify(report, null, 2)}\n`)
    writeFileSync(join(folder, REPORT_FILES.markdown), reportMarkdown(report))
  } catch (error) {
    throw new UsageError(`Cannot write the report to the folder ${folder}: ${messageOf(error)}`)
  }
}

/** Adds the command `probe` with its options. `onExitCode` receives its exit code. */
export function addProbe<Settings>(
  program: Command,
  context: CommandContext<Settings>,
  onExitCode: (code: number) => void
): void {
  program
    .command('probe')
    .description('Find out how your Kameleoon behaves where its documentation is silent, and write a report.')
    .option('--yes', 'do it; without this, only print what would be done')
    .option('--emulator <url>', 'probe an emulator at this address instead of Kameleoon', emulatorAddress)
    .option('--out <folder>', `where ${REPORT_FILES.json} and ${REPORT_FILES.markdown} are written`, '.')
    .option(
      '--wait <seconds>',
      'how long to wait at most until something that was written can be read',
      wholeNumber(1, 300),
      120
    )
    .option(
      '--known-user <id>',
      "a user whose data Kameleoon's own integration has stored; only the kinds of values are reported"
    )
    .addHelpText('after', HELP.probe)
    .action(async (options: ProbeCommandOptions) => onExitCode(await runProbe(options, context)))
}
