import type { Command } from 'commander'
import { HELP } from './help-texts'
import { modesLike } from '../modes-like'
import { wholeNumber } from '../option-values'
import { credentialsFrom } from '../credentials'
import { EXAMPLES_PATH, packageVersion } from '../package-files'
import { coloursFor, type CommandContext, type Colours } from '../context'
import type { ExamplesReport, Workbench } from '../../workbench/server'

/** The default port of the page. */
export const DEFAULT_WORKBENCH_PORT = 4747

export interface WorkbenchCommandOptions {
  /** Default: DEFAULT_WORKBENCH_PORT, or any free port when it is in use. */
  port?: number
  host: string
  allowRemote?: boolean
  data: string
  takeOver?: boolean
  writeKey?: string
  examples: boolean
  /** A report of `probe` that the emulator behaves as. */
  like?: string
}

/** Runs the workbench until it is interrupted. Resolves to 0. Throws a UsageError when it cannot start. */
export async function workbench<Settings>(
  { port, data, examples, like, ...options }: WorkbenchCommandOptions,
  { terminal, definition, retry, untilInterrupted }: CommandContext<Settings>
): Promise<number> {
  const { stdout, stderr, env } = terminal
  const colours = coloursFor(stdout, env)
  const credentials = credentialsFrom(env, definition)
  const modes = like === undefined ? undefined : modesLike(like)
  // From here on, Ctrl-C closes the workbench cleanly, also while the examples are being sent.
  const interrupted = untilInterrupted()
  // Loaded only here, so that the other commands start sooner.
  const { startWorkbench } = await import('../../workbench/server')
  const running = await startWorkbench({
    ...{ ...options, definition, retry, version: packageVersion(), dataFolder: data },
    ...{ port: port ?? DEFAULT_WORKBENCH_PORT, anyPort: port === undefined },
    credentials: credentials && { ...credentials },
    modes,
    examplesPath: examples ? EXAMPLES_PATH : undefined,
    log: (line) => stderr.write(`${line}\n`)
  })
  try {
    stdout.write(workbenchText(running, colours))
    const reported = running.examples.then((report) => stdout.write(examplesText(report, colours)))
    await Promise.race([reported.then(() => interrupted), interrupted])
  } finally {
    await running.close()
  }
  stdout.write('\nThe workbench has ended.\n')
  return 0
}

/** Adds the command `workbench` with its options. `onExitCode` receives its exit code. */
export function addWorkbench<Settings>(
  program: Command,
  context: CommandContext<Settings>,
  onExitCode: (code: number) => void
): void {
  program
    .command('workbench')
    .description('Open a page with a local Segment and a local Kameleoon: every event, step by step.')
    .option(
      '--port <number>',
      `port to listen on; 0 takes any free one (default: ${DEFAULT_WORKBENCH_PORT}, or a free one when that is in use)`,
      wholeNumber(0, 65_535)
    )
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--allow-remote', 'allow an address that other machines can reach')
    .option('--data <folder>', 'where mappings, settings and the write key are kept', '.kameleoon-workbench')
    .option('--take-over', 'change what is kept there, although another workbench does; that one then only shows it')
    .option('--write-key <key>', 'write key of the source (default: generated once, and kept)')
    .option('--like <report>', 'have its emulator behave as kameleoon-probe.json, a report of the command probe, says')
    .option('--no-examples', 'start with an empty page')
    .addHelpText('after', HELP.workbench)
    .action(async (options: WorkbenchCommandOptions) => onExitCode(await workbench(options, context)))
}

/** The text about a running workbench: its address, the target of its events, and a call to try. */
export function workbenchText({ address, context }: Pick<Workbench, 'address' | 'context'>, colours: Colours): string {
  const row = (label: string, value: string): string => `  ${colours.dim(label.padEnd(13))} ${value}`
  const { target, writeKey, savedIn } = context.state()
  const isReal = target.kind === 'real'
  return [
    colours.bold('The workbench is running'),
    row('page', colours.cyan(address)),
    row('events go to', isReal ? colours.red(colours.bold(`${target.label} at ${target.dataHost}`)) : target.label),
    row('write key', writeKey),
    row('mappings', savedIn),
    '',
    ...(isReal
      ? [colours.red('Every event you send counts in the real project. The examples are not sent there.'), '']
      : []),
    'Send it an event:',
    `  curl -u ${writeKey}: -H "content-type: application/json" -d '{"userId": "you", "event": "Order Completed"}' ${address}/v1/track`,
    '',
    ''
  ].join('\n')
}

/** The results of the examples, and how to end the workbench. */
export function examplesText(report: ExamplesReport | null, colours: Colours): string {
  const end = 'Ctrl-C ends it.\n'
  if (!report) return end
  const { events, delivered, filtered, rejected, discarded } = report
  const lost = discarded > 0 ? colours.red(`${discarded} parts discarded`) : 'nothing discarded'
  return `${events} examples: ${delivered} delivered, ${filtered} filtered, ${rejected} rejected; ${lost} by Kameleoon.\n${end}`
}
