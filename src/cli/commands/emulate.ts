import { Option, type Command } from 'commander'
import { HELP } from './help-texts'
import { siteCode, wholeNumber } from '../option-values'
import { startEmulator, type Emulator, type EmulatorOptions, type Modes, type RecordedRequest } from '../../emulator'
import { modesLike } from '../modes-like'
import { coloursFor, type Colours, type CommandContext } from '../context'
import { messageOf, UsageError } from '../../segment-host'

export type EmulateOptions = Pick<EmulatorOptions, 'port' | 'host' | 'rateLimits'> &
  Partial<Pick<EmulatorOptions, 'sitecode' | 'mapWrites' | 'content'>> & {
    /** A report of `probe`. What other options say takes precedence. */
    like?: string
  }

/** Runs the emulator until it is interrupted, and prints a line for each call to Kameleoon. Resolves to 0. */
export async function emulate<Settings>(
  { like, ...given }: EmulateOptions,
  { terminal, untilInterrupted }: Pick<CommandContext<Settings>, 'terminal' | 'untilInterrupted'>
): Promise<number> {
  const { stdout, env } = terminal
  const colours = coloursFor(stdout, env)
  const modes = like === undefined ? {} : modesLike(like)
  const options = { mapWrites: 'merge', content: 'accept', ...modes, ...given } as const
  const emulator = await start(options, (request) => stdout.write(requestLine(request, colours)))
  stdout.write(emulateText(emulator, { ...options, like }, colours))
  await untilInterrupted()
  await emulator.close()
  stdout.write('\nThe emulator has ended.\n')
  return 0
}

async function start(
  options: EmulateOptions & Partial<Modes>,
  onRequest: (request: RecordedRequest) => void
): Promise<Emulator> {
  try {
    return await startEmulator({ ...options, onRequest })
  } catch (error) {
    throw new UsageError(`Cannot listen on ${options.host} port ${options.port}: ${messageOf(error)}`)
  }
}

function requestLine({ at, method, path, status, body }: RecordedRequest, colours: Colours): string {
  const time = new Date(at).toISOString().slice(11, 19)
  const colour = status >= 200 && status < 300 ? colours.green : colours.red
  return `${colours.dim(time)}  ${colour(String(status))}  ${method} ${path}  ${Buffer.byteLength(body)} bytes\n`
}

/** Adds the command `emulate` with its options. `onExitCode` receives its exit code. */
export function addEmulate<Settings>(
  program: Command,
  context: CommandContext<Settings>,
  onExitCode: (code: number) => void
): void {
  program
    .command('emulate')
    .description('Run a local Kameleoon over plain HTTP.')
    .option('--port <number>', 'port to listen on; 0 takes any free one', wholeNumber(0, 65_535), 8321)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--sitecode <code>', 'site code of the emulated project', siteCode)
    .addOption(
      new Option('--map-writes <mode>', 'what writing a map does (default: merge)').choices(['merge', 'replace'])
    )
    .addOption(
      new Option('--content <mode>', 'what happens to data Kameleoon cannot use (default: accept)').choices([
        'accept',
        'reject'
      ])
    )
    .option('--like <report>', 'behave as kameleoon-probe.json, a report of the command probe, says')
    .option('--no-rate-limits', 'never answer 429')
    .addHelpText('after', HELP.emulate)
    .action(async (options: EmulateOptions) => onExitCode(await emulate(options, context)))
}

/** The text about a running emulator: its address, its credentials, and calls to try. */
export function emulateText(
  { url, apiKey, sitecode }: Pick<Emulator, 'url' | 'apiKey' | 'sitecode'>,
  { like, mapWrites, content, rateLimits }: EmulateOptions,
  colours: Colours
): string {
  const row = (label: string, value: string): string => `  ${colours.dim(label.padEnd(13))} ${value}`
  // The emulator rejects bots as Kameleoon does, and curl counts as one.
  const browser = '-A "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0"'
  const event = `[{"eventType":"CUSTOMDATA","visitorCode":"try0me0now0please","nonce":"0123456789ABCDEF","index":1,"valuesCountMap":{"gold":1}}]`
  return [
    colours.bold('An emulator of Kameleoon is running'),
    row('address', colours.cyan(url)),
    row('API key', apiKey),
    row('site code', sitecode),
    ...(like === undefined ? [] : [row('behaves like', like)]),
    row('map writes', mapWrites ?? 'merge'),
    row('bad content', content === 'reject' ? 'rejected with 400' : 'accepted, then discarded'),
    row('rate limits', rateLimits ? 'on' : 'off'),
    '',
    'Send it data about a visitor, and read what it stored:',
    `  curl ${browser} -H "Content-Type: application/json" -d '${event}' "${url}/visit/events?siteCode=${sitecode}&json=true"`,
    `  curl "${url}/emulator/visitors/try0me0now0please"`,
    '',
    'Look at its state, and add or remove faults:',
    `  curl "${url}/emulator"                 also /emulator/requests and /emulator/discarded`,
    `  curl -X POST -d '{"path": "/visit/events", "status": 429, "retryAfter": 2, "times": 3}' "${url}/emulator/faults"`,
    `  curl -X DELETE "${url}/emulator/faults"; curl -X POST "${url}/emulator/reset"`,
    '',
    'Deliver to it:',
    `  npx kameleoon-destination deliver events.ndjson --emulator ${url}`,
    '',
    'Ctrl-C ends it.',
    '',
    ''
  ].join('\n')
}
