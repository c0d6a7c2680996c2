import { Option, type Command } from 'commander'
import { HELP } from './help-texts'
import { emulatorAddress, wholeNumber } from '../option-values'
import { credentialsFrom, projectFrom, type Credentials, checkConnection } from '../credentials'
import { DEFAULT_PROJECT } from '../../emulator'
import { openEvents, type EventSource } from '../events/open-events'
import { knownVisitors, visitorsText } from '../known-visitors'
import {
  presetSubscriptions,
  readMappingFile,
  runDelivery,
  type Subscription,
  type Summary,
  UsageError
} from '../../segment-host'
import { progressOn, reportText } from './deliver-output'
import { requestText } from './request-output'
import { coloursFor, widthOf, type CommandContext } from '../context'
import { defaultRejectedPath, RejectedFile } from './rejected-file'
import { checkEmulator } from '../target-check'
import { embeddedTarget, emulatorTarget, realTarget, type Target } from '../target'

export interface DeliverOptions {
  mapping?: string
  batchSize: number
  retries: number
  /** Milliseconds before an event is sent again for the first time. */
  retryDelay: number
  dryRun?: boolean
  json?: boolean
  rejected?: string
  visitors?: boolean
  /** Address of an emulator that runs already. */
  emulator?: string
}

/** What a delivery needs, checked before the first event is read. */
interface Prepared {
  credentials: Credentials | null
  subscriptions: Subscription[]
  /** None for a dry run, which delivers nothing. */
  rejected: RejectedFile | null
  events: EventSource
}

/**
 * Delivers a file of Segment events to Kameleoon, prints the results, and resolves to the exit code: 0, or 1 when
 * an event was rejected, or 2 when the file could not be read to its end. Throws a UsageError when it cannot start.
 */
export async function deliver<Settings>(
  file: string,
  options: DeliverOptions,
  context: CommandContext<Settings>
): Promise<number> {
  const prepared = await prepare(file, options, context)
  const target = await targetOf(prepared, options, context)
  try {
    const summary = await run(prepared, target, options, context)
    await report(summary, prepared, target, options, context)
    if (summary.interrupted) return 2
    return summary.rejected > 0 ? 1 : 0
  } finally {
    prepared.rejected?.close()
    await target.close()
  }
}

async function prepare<Settings>(
  file: string,
  options: DeliverOptions,
  { terminal, definition }: CommandContext<Settings>
): Promise<Prepared> {
  const credentials = options.dryRun ? null : credentialsFrom(terminal.env, definition)
  if (credentials && options.visitors) {
    throw new UsageError(
      '--visitors shows the data of the embedded emulator, which is not used with credentials: leave one of them out'
    )
  }
  return {
    credentials,
    subscriptions: options.mapping ? readMappingFile(options.mapping, definition) : presetSubscriptions(definition),
    rejected: options.dryRun ? null : new RejectedFile(options.rejected ?? defaultRejectedPath(file), file),
    events: await openEvents(file, terminal.stdin)
  }
}

async function targetOf<Settings>(
  { credentials }: Prepared,
  options: DeliverOptions,
  context: CommandContext<Settings>
): Promise<Target> {
  const { terminal, definition } = context
  if (options.emulator) {
    const used = credentials ?? DEFAULT_PROJECT
    await checkEmulator(options.emulator, { credentials: used, env: terminal.env })
    terminal.stderr.write(`Delivering to the emulator at ${options.emulator}, nothing leaves this machine.\n`)
    return emulatorTarget(definition, options.emulator, used)
  }
  if (credentials) {
    await checkConnection(definition, credentials, terminal.env)
    terminal.stderr.write(`Delivering to Kameleoon, project ${credentials.sitecode}.\n`)
    return realTarget(definition, credentials)
  }
  if (!options.dryRun) {
    terminal.stderr.write(
      'KAMELEOON_API_KEY and KAMELEOON_SITECODE are not set: delivering to an embedded emulator of Kameleoon, nothing leaves this machine.\n'
    )
    return embeddedTarget(context)
  }
  terminal.stderr.write(
    'Dry run: these requests end at an embedded emulator of Kameleoon. Ids of goals and custom data come from it, not from your project.\n'
  )
  const project = projectFrom(terminal.env, definition)
  return embeddedTarget(context, project, (request) => terminal.stdout.write(`${requestText(request)}\n`))
}

async function run<Settings>(
  { subscriptions, rejected, events }: Prepared,
  { send }: Target,
  { batchSize, retries, retryDelay, dryRun }: DeliverOptions,
  { terminal, retry, definition }: CommandContext<Settings>
): Promise<Summary> {
  // The requests of a dry run are printed, which would disturb the bar.
  const progress = progressOn(dryRun ? { write: () => undefined } : terminal.stderr, events.size)
  try {
    return await runDelivery(events.lines, {
      destination: definition,
      subscriptions,
      send,
      batchSize,
      retry: { ...retry, retries, firstDelayMs: retryDelay },
      onReceived: (received) => progress.update(events.bytesRead(), received),
      onSettled: (settled) => rejected?.add(settled),
      onPause: ({ events: count, milliseconds, reason }) =>
        progress.note(`waiting ${Math.ceil(milliseconds / 1000)} s to send ${count} again: ${reason}`)
    })
  } finally {
    progress.stop()
  }
}

async function report<Settings>(
  summary: Summary,
  { rejected, credentials, events }: Prepared,
  { emulator }: Target,
  options: DeliverOptions,
  { terminal }: CommandContext<Settings>
): Promise<void> {
  const { stdout, stderr, env } = terminal
  const known = await emulator?.report()
  const rejectedFile = rejected && rejected.count > 0 ? rejected.path : null
  if (options.json) {
    const kameleoon = options.emulator ? 'emulator' : credentials ? 'real' : 'embedded'
    stdout.write(`${JSON.stringify({ kameleoon, ...summary, rejectedFile }, null, 2)}\n`)
  } else {
    const lost = known?.totals.discarded ?? 0
    stdout.write(reportText({ summary, rejectedFile, lost }, coloursFor(stdout, env), widthOf(stdout)))
  }
  if (options.visitors && known && !options.json) {
    stdout.write(`\n${visitorsText(knownVisitors(known), coloursFor(stdout, env), widthOf(stdout))}\n`)
  }
  if (summary.interrupted) {
    const { afterLine, reason } = summary.interrupted
    stderr.write(
      `Reading stopped after ${events.unit} ${afterLine}: ${reason}. The results above are those of the ${events.unit}s before.\n`
    )
  }
}

/** Adds the command `deliver` with its options. `onExitCode` receives its exit code. */
export function addDeliver<Settings>(
  program: Command,
  context: CommandContext<Settings>,
  onExitCode: (code: number) => void
): void {
  program
    .command('deliver')
    .description('Deliver a file of Segment events, as Segment would: subscriptions, mappings, batches, repetitions.')
    .argument('<file>', 'events, one a line or as JSON; plain or gzip; - for standard input')
    .option('--mapping <file>', "your own subscriptions instead of the destination's presets (JSON)")
    .option('--batch-size <number>', 'most events in a batch', wholeNumber(1), 1000)
    .option('--retries <number>', 'how often an event is sent again', wholeNumber(0), 5)
    .option('--retry-delay <ms>', 'pause before sending again the first time', wholeNumber(0), 1000)
    .option('--rejected <file>', 'where rejected events go (default: FILE.rejected.ndjson here)')
    .addOption(
      new Option('--emulator <url>', 'deliver to an emulator that runs already')
        .argParser(emulatorAddress)
        .conflicts(['dryRun', 'visitors'])
    )
    .option('--visitors', 'also print what the embedded Kameleoon now knows about each visitor')
    .addOption(new Option('--dry-run', 'print the exact requests instead of sending them').conflicts('json'))
    .addOption(new Option('--json', 'print the summary as JSON').conflicts('visitors'))
    .addHelpText('after', HELP.deliver)
    .action(async (file: string, options: DeliverOptions) => onExitCode(await deliver(file, options, context)))
}
