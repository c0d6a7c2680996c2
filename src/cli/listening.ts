import type { FastifyInstance } from 'fastify'
import { memberOf, messageOf, UsageError } from '../segment-host'
import type { NetworkAddress } from './option-values'

/** How a server is named in errors. */
export interface ServerName {
  /** For example `the metrics`. */
  what: string
  /** The option that chooses the port. */
  option: string
}

/**
 * Lets a server listen, and resolves to its address with the port that was taken.
 * @throws UsageError that says what to do; the server is closed then
 */
export async function listening(
  server: FastifyInstance,
  { host, port }: NetworkAddress,
  { what, option }: ServerName
): Promise<string> {
  try {
    return await server.listen({ host, port })
  } catch (error) {
    await server.close()
    if (memberOf(error, 'code') === 'EADDRINUSE') {
      throw new UsageError(`Port ${port} for ${what} is in use. Choose another with ${option}, or 0 for any free one`)
    }
    throw new UsageError(`Cannot serve ${what} on ${host} port ${port}: ${messageOf(error)}`)
  }
}
