import type { ClientRequest } from 'http'
import https from 'https'
import net from 'net'
import type { DestinationDefinition } from '@segment/actions-core'

/** Where the emulator listens: `http://host:port`. A running Emulator is one. */
export interface Listener {
  url: string
}

/**
 * Called once for every request with its connection, in the async context of the code that sends the request. A new
 * connection has its local port from its `connect` event on.
 */
export type OnConnection = (socket: net.Socket) => void

/**
 * actions-core destroys a request's agent after every response. This agent is shared by many requests, so `destroy` does
 * nothing. The connections end when the emulator closes.
 */
class EmulatorAgent extends https.Agent {
  constructor(
    private readonly listener: URL,
    private readonly onConnection?: OnConnection
  ) {
    super({ keepAlive: true })
  }

  createConnection(): net.Socket {
    const { hostname, port } = this.listener
    const socket = net.connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port), noDelay: true })
    this.onConnection?.(socket)
    return socket
  }

  reuseSocket(socket: net.Socket, request: ClientRequest): void {
    super.reuseSocket(socket, request)
    this.onConnection?.(socket)
  }

  destroy(): void {}
}

/**
 * An agent for `https.request` that opens every connection to the emulator over plain HTTP, whatever the address. The Host
 * header keeps the requested host.
 */
export function emulatorAgent(listener: Listener, onConnection?: OnConnection): https.Agent {
  return new EmulatorAgent(new URL(listener.url), onConnection)
}

/**
 * A copy of a destination definition whose requests all go to the emulator. Nothing else changes: the destination still
 * requests the real https addresses.
 *
 * @param definition any destination built on actions-core
 * @param listener a running emulator
 * @param onConnection called with the connection of every request, to recognise the request in `onHandled`
 */
export function connectTo<Settings>(
  definition: DestinationDefinition<Settings>,
  listener: Listener,
  onConnection?: OnConnection
): DestinationDefinition<Settings> {
  const agent = emulatorAgent(listener, onConnection)
  return { ...definition, extendRequest: (context) => ({ ...definition.extendRequest?.(context), agent }) }
}
