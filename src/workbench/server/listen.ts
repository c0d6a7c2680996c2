import type { FastifyInstance } from 'fastify'
import { messageOf } from '../../segment-host'
import { UsageError } from './usage-error'

export interface Listening {
  host: string
  port: number
  /** Take a free port when this one is taken. */
  anyPort?: boolean
}

/** Lets a server listen. Throws a UsageError that says what to do. */
export async function listen(server: FastifyInstance, { host, port, anyPort }: Listening): Promise<void> {
  try {
    await server.listen({ host, port })
  } catch (error) {
    const { code } = Object(error) as { code?: unknown }
    if (code === 'EADDRINUSE' && anyPort) return listen(server, { host, port: 0 })
    if (code === 'EADDRINUSE')
      throw new UsageError(`Port ${port} is taken. Choose another with --port, or 0 for any free one`)
    throw new UsageError(`Cannot listen on ${host} port ${port}: ${messageOf(error)}`)
  }
}
