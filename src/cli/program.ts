import { Command, InvalidArgumentError, Option } from 'commander'
import { deliver, type DeliverOptions } from './deliver'
import { demo } from './demo'
import { emulate, type EmulateOptions } from './emulate'
import { HELP } from './help-texts'
import type { Surroundings } from './surroundings'
import { packageVersion } from './version'

/** The command with its subcommands; `onExitCode` is told how the chosen one ended. */
export function createProgram<Settings>(
  surroundings: Surroundings<Settings>,
  onExitCode: (code: number) => void
): Command {
  const { stdout, stderr } = surroundings.terminal
  const program = new Command('kameleoon-destination')
    .description('Segment events to Kameleoon: deliver a file of them, see a demonstration, or run a local Kameleoon.')
    .version(packageVersion())
    .exitOverride()
    .showHelpAfterError('(add --help for more)')
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) })
  addDeliver(program, surroundings, onExitCode)
  addDemo(program, surroundings, onExitCode)
  addEmulate(program, surroundings, onExitCode)
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
    .option('--refused <file>', 'where refused events go (default: FILE.refused.ndjson here)')
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
    .option('--sitecode <code>', 'site code of the emulated project')
    .addOption(
      new Option('--map-writes <mode>', 'what writing a map does').choices(['merge', 'replace']).default('merge')
    )
    .addOption(
      new Option('--content <mode>', 'what happens to data Kameleoon cannot use')
        .choices(['accept', 'refuse'])
        .default('accept')
    )
    .option('--no-rate-limits', 'never answer 429')
    .addHelpText('after', HELP.emulate)
    .action(async (options: EmulateOptions) => onExitCode(await emulate(options, surroundings)))
}

function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (/^\d+$/.test(text) && value >= least && value <= most) return value
    throw new InvalidArgumentError(`It must be a whole number, ${least} or more${most < 1e9 ? `, up to ${most}` : ''}.`)
  }
}
