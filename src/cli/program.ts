import { Command, InvalidArgumentError, Option } from 'commander'
import { deliver, type DeliverOptions } from './deliver'
import { demo } from './demo'
import { addDeveloperCommands } from './developer/commands'
import { emulate, type EmulateOptions } from './emulate'
import { HELP } from './help-texts'
import { migrate, type MigrateOptions } from './migrate/migrate'
import type { Surroundings } from './surroundings'
import { packageVersion } from './version'
import { DEFAULT_WORKBENCH_PORT, workbench, type WorkbenchCommandOptions } from './workbench'

/** The command with its subcommands; `onExitCode` is told how the chosen one ended. */
export function createProgram<Settings>(
  surroundings: Surroundings<Settings>,
  onExitCode: (code: number) => void
): Command {
  const { stdout, stderr } = surroundings.terminal
  const program = new Command('kameleoon-destination')
    .description(
      'Segment events to Kameleoon: deliver a file of them, see a demonstration, or try everything on a page.'
    )
    .version(packageVersion())
    .exitOverride()
    .showHelpAfterError('(add --help for more)')
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) })
  addDeliver(program, surroundings, onExitCode)
  addDemo(program, surroundings, onExitCode)
  addEmulate(program, surroundings, onExitCode)
  addWorkbench(program, surroundings, onExitCode)
  addMigrate(program, surroundings, onExitCode)
  addDeveloperCommands(program, surroundings, onExitCode)
  return program
}

function addDeliver<Settings>(
  program: Command,
  surroundings: Surroundings<Settings>,
  onExitCode: (code: number) => void
): void {
  program
    .command('deliver')
    .description('Deliver a file of Segment events, as Segment would: subscriptions, mappings, batches, repetitions.')
    .argument('<file>', 'events, one a line; plain or gzip; - for standard input')
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
    .action(async (file: string, options: DeliverOptions) => onExitCode(await deliver(file, options, surroundings)))
}

function addDemo<Settings>(
  program: Command,
  surroundings: Surroundings<Settings>,
  onExitCode: (code: number) => void
): void {
  program
    .command('demo')
    .description('Deliver the bundled examples to an embedded Kameleoon and show what it then knows.')
    .addHelpText('after', HELP.demo)
    .action(async () => onExitCode(await demo(surroundings)))
}

function addEmulate<Settings>(
  program: Command,
  surroundings: Surroundings<Settings>,
  onExitCode: (code: number) => void
): void {
  program
    .command('emulate')
    .description('Run a local Kameleoon over plain HTTP.')
    .option('--port <number>', 'port to listen on; 0 takes any free one', wholeNumber(0, 65_535), 8321)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--sitecode <code>', 'site code of the emulated project', siteCode)
    .addOption(
      new Option('--map-writes <mode>', 'what writing a map does').choices(['merge', 'replace']).default('merge')
    )
    .addOption(
      new Option('--content <mode>', 'what happens to data Kameleoon cannot use')
        .choices(['accept', 'reject'])
        .default('accept')
    )
    .option('--no-rate-limits', 'never answer 429')
    .addHelpText('after', HELP.emulate)
    .action(async (options: EmulateOptions) => onExitCode(await emulate(options, surroundings)))
}

function addWorkbench<Settings>(
  program: Command,
  surroundings: Surroundings<Settings>,
  onExitCode: (code: number) => void
): void {
  program
    .command('workbench')
    .description('Open a page with a local Segment and a local Kameleoon: every event, step by step.')
    .option(
      '--port <number>',
      `port to listen on; 0 takes any free one (default: ${DEFAULT_WORKBENCH_PORT}, or a free one where that is taken)`,
      wholeNumber(0, 65_535)
    )
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--allow-remote', 'let other machines in where the address is not of this machine alone')
    .option('--data <folder>', 'where mappings, settings and the write key are kept', '.kameleoon-workbench')
    .option('--write-key <key>', 'write key of the source (default: made up once, and kept)')
    .option('--no-examples', 'start with an empty page')
    .addHelpText('after', HELP.workbench)
    .action(async (options: WorkbenchCommandOptions) => onExitCode(await workbench(options, surroundings)))
}

function addMigrate<Settings>(
  program: Command,
  surroundings: Surroundings<Settings>,
  onExitCode: (code: number) => void
): void {
  program
    .command('migrate')
    .description(
      'Turn the mappings of the official or the classic Kameleoon destination into ones of this destination.'
    )
    .argument('<file>', "JSON from Segment's Public API; - for standard input")
    .addOption(
      new Option('--from <destination>', 'which one it is (default: told by the content)').choices([
        'official',
        'classic'
      ])
    )
    .option('--out <file>', 'write the subscriptions there instead of to standard output')
    .addHelpText('after', HELP.migrate)
    .action(async (file: string, options: MigrateOptions) => onExitCode(await migrate(file, options, surroundings)))
}

function siteCode(text: string): string {
  if (/^[a-z0-9]{10}$/.test(text)) return text
  throw new InvalidArgumentError('It must be 10 lower-case letters and digits.')
}

function emulatorAddress(text: string): string {
  if (/^http:\/\/[^/\s]+:\d+\/?$/.test(text)) return text
  throw new InvalidArgumentError('It must be an address such as http://127.0.0.1:8321.')
}

function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (/^\d+$/.test(text) && value >= least && value <= most) return value
    throw new InvalidArgumentError(`It must be a whole number, ${least} or more${most < 1e9 ? `, up to ${most}` : ''}.`)
  }
}
