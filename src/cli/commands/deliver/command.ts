import { Option, type Command } from 'commander'
import type { CommandContext } from '../../context'
import {
  concurrency,
  emulatorAddress,
  eventLimit,
  mostRejected,
  networkAddress,
  requestsPerMinute,
  wholeNumber
} from '../../option-values'
import { HELP } from '../help-texts'
import { deliver } from './deliver'
import type { DeliverOptions } from './options'

/** Adds the command `deliver` with its options. `onExitCode` receives its exit code. */
export function addDeliver<Settings>(
  program: Command,
  context: CommandContext<Settings>,
  onExitCode: (code: number) => void
): void {
  const command = program
    .command('deliver')
    .description('Deliver files of Segment events, as Segment would: subscriptions, mappings, batches, repetitions.')
    .argument('<files...>', 'events: files, folders or patterns, plain or gzip; - for standard input')
    .option('--mapping <file>', "your own subscriptions instead of the destination's presets (JSON)")
  addSending(command)
  addQueue(command)
  addStopping(command)
  addResults(command)
  command
    .addHelpText('after', HELP.deliver)
    .action(async (files: string[], options: DeliverOptions) => onExitCode(await deliver(files, options, context)))
}

function addSending(command: Command): void {
  command
    .option('--batch-size <number>', 'most events in a batch', wholeNumber(1), 1000)
    .option('--concurrency <number>', 'batches of a mapping under way at once (default: 8)', concurrency)
    .option('--rate <number>', 'most requests a minute', requestsPerMinute)
    .option('--retries <number>', 'how often an event is sent again', wholeNumber(0), 5)
    .option('--retry-delay <ms>', 'pause before sending again the first time', wholeNumber(0), 1000)
    .addOption(
      new Option('--emulator <url>', 'deliver to an emulator that runs already')
        .argParser(emulatorAddress)
        .conflicts(['dryRun', 'visitors'])
    )
}

function addQueue(command: Command): void {
  const conflicting = ['dryRun', 'visitors', 'emulator', 'rate', 'maxRejected', 'batchSize', 'concurrency', 'retries']
  command
    .addOption(
      new Option('--queue [url]', 'put the events on a queue for workers: redis://… or postgres://…').conflicts(
        conflicting
      )
    )
    .addOption(new Option('--wait', 'with --queue: wait until workers have delivered all, and print the result'))
    .option('--most-waiting <jobs>', 'with --queue: wait while so many jobs are on it', wholeNumber(1), 400)
}

function addStopping(command: Command): void {
  command
    .option('--limit <number>', 'stop after so many events', eventLimit)
    .option('--max-rejected <number>', 'stop when more are rejected: a number, or a share such as 5%', mostRejected)
    .addOption(new Option('--resume', 'go on where a stopped run ended').conflicts(['restart', 'dryRun']))
    .addOption(new Option('--restart', 'begin anew although a run was stopped').conflicts('dryRun'))
    .option('--checkpoint <file>', 'where it is kept how far a run has come (default: FILE.checkpoint)')
}

function addResults(command: Command): void {
  command
    .option('--rejected <file>', 'where rejected events go (default: FILE.rejected.ndjson here)')
    .option('--visitors', 'also print what the embedded Kameleoon now knows about each visitor')
    .option('--dry-run', 'print the exact requests instead of sending them, with --json as NDJSON')
    .addOption(new Option('--json', 'print the summary as JSON').conflicts('visitors'))
    .addOption(new Option('--log <format>', 'log to standard error instead of showing progress').choices(['json']))
    .option('--metrics <port>', 'serve Prometheus metrics at /metrics, and /healthz', networkAddress)
}
