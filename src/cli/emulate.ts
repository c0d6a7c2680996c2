import { startEmulator, type Emulator, type EmulatorOptions, type RecordedRequest } from '../emulator'
import { emulateText } from './print/emulate-text'
import { coloursFor, type Colours } from './print/terminal'
import { messageOf, UsageError } from '../segment-host'
import type { Surroundings } from './surroundings'

export type EmulateOptions = Pick<EmulatorOptions, 'port' | 'host' | 'mapWrites' | 'content' | 'rateLimits'> &
  Partial<Pick<EmulatorOptions, 'sitecode'>>

/** Runs the emulator until it is interrupted, and prints a line for each call to Kameleoon. Resolves to 0. */
export async function emulate<Settings>(
  options: EmulateOptions,
  { terminal, untilInterrupted }: Pick<Surroundings<Settings>, 'terminal' | 'untilInterrupted'>
): Promise<number> {
  const { stdout, env } = terminal
  const colours = coloursFor(stdout, env)
  const emulator = await start(options, (request) => stdout.write(requestLine(request, colours)))
  stdout.write(emulateText(emulator, options, colours))
  await untilInterrupted()
  await emulator.close()
  stdout.write('\nThe emulator has ended.\n')
  return 0
}

async function start(options: EmulateOptions, onRequest: (request: RecordedRequest) => void): Promise<Emulator> {
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
