import { randomUUID } from 'crypto'
import { basename } from 'path'
import { connectTo, startEmulator } from '../../emulator'
import { plainText } from '../print/plain-text'
import { coloursFor } from '../print/terminal'
import { messageOf, UsageError } from '../../segment-host'
import type { Surroundings } from '../surroundings'
import { DESTINATION_FOLDER } from './destination-folder'
import { serveText } from './serve-text'
import { createServer } from './server/create-server'

/** Others could use settings that a developer types in, so nobody else can reach the server. */
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
  }: Pick<Surroundings<Settings>, 'terminal' | 'definition' | 'untilInterrupted'>
): Promise<number> {
  const { stdout, env } = terminal
  // The destination keeps tokens by credentials; those of an emulator before must not count for this one.
  const emulator = isEmulated ? await startEmulator({ rateLimits: false, clientId: `served-${randomUUID()}` }) : null
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
