import { randomUUID } from 'crypto'
import { basename } from 'path'
import type { DestinationDefinition } from '@segment/actions-core'
import { connectTo, startEmulator, type Emulator } from '../../../emulator'
import { plainText } from '../../text'
import { coloursFor, type CommandContext, type Colours } from '../../context'
import { messageOf, UsageError } from '../../../segment-host'
import { DESTINATION_FOLDER } from '../../package-files'

/** Only this machine can reach the server, since others could use the settings that a developer enters. */
const HOST = '127.0.0.1'

export interface ServeOptions {
  port: number
  /** End all requests of the destination at an emulator inside this process. */
  emulator?: boolean
}

/** Serves the destination to Segment's Actions Tester until it is interrupted. Resolves to 0. */
export async function serve<Settings>(
  { port, emulator: isEmulated }: ServeOptions,
  {
    terminal,
    definition,
    untilInterrupted
  }: Pick<CommandContext<Settings>, 'terminal' | 'definition' | 'untilInterrupted'>
): Promise<number> {
  const { stdout, env } = terminal
  // The destination caches tokens by credentials; those of an earlier emulator must not be used for this one.
  const emulator = isEmulated ? await startEmulator({ rateLimits: false, clientId: `served-${randomUUID()}` }) : null
  // Loaded only here, so that the other commands start sooner.
  const { createServer } = await import('./server/create-server')
  const app = createServer({
    definition: emulator ? connectTo(definition, emulator) : definition,
    directoryName: basename(DESTINATION_FOLDER),
    log: (line) => stdout.write(`${plainText(line)}\n`)
  })
  try {
    const address = await app.listen({ port, host: HOST }).catch((error: unknown) => {
      throw new UsageError(`Cannot listen on ${HOST} port ${port}: ${messageOf(error)}`)
    })
    stdout.write(serveText(address, definition, emulator, coloursFor(stdout, env)))
    await untilInterrupted()
  } finally {
    await app.close()
    await emulator?.close()
  }
  stdout.write('\nThe server has ended.\n')
  return 0
}

/** The text about a running server: its address, its routes and a call to try. */
export function serveText<Settings>(
  address: string,
  { actions, name, onDelete }: DestinationDefinition<Settings>,
  emulator: Pick<Emulator, 'apiKey' | 'sitecode'> | null,
  colours: Colours
): string {
  const { apiKey, sitecode } = emulator ?? { apiKey: 'YOUR_API_KEY', sitecode: 'YOUR_SITECODE' }
  const settings = JSON.stringify({ apiKey, sitecode })
  const dynamic = Object.entries(actions).flatMap(([key, { dynamicFields }]) =>
    Object.entries(dynamicFields ?? {}).flatMap(([field, served]) =>
      partsOf(field, served).map((part) => `${key}/${part}`)
    )
  )
  const posts = ['authenticate', ...(onDelete ? ['delete'] : []), ...Object.keys(actions), ...dynamic]
  return [
    colours.bold(`${name} is served at ${colours.cyan(address)}`),
    emulator ? 'Its requests go to an emulator of Kameleoon inside this process.' : 'Its requests go to Kameleoon.',
    '',
    '  GET  /manifest',
    ...posts.map((path) => `  POST /${path}`),
    '',
    'Open https://app.segment.com/dev-center/actions-tester, or try:',
    `  curl -H "Content-Type: application/json" -d '${settings}' ${address}/authenticate`,
    '',
    'Ctrl-C ends it.',
    '',
    ''
  ].join('\n')
}

function partsOf(field: string, served: unknown): string[] {
  return typeof served === 'function'
    ? [field]
    : Object.keys(Object(served) as object).map((part) => `${field}.${part}`)
}
