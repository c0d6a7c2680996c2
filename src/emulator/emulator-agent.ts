import type { ClientRequest } from 'http'
import https from 'https'
import net from 'net'

/** Where the emulator listens: `http://host:port`. A running Emulator is one. */
export interface Listener {
  url: string
}

/**
 * Called once for every request, with the connection it uses and in the async context of whoever sends it. A new connection
 * has its local port from its `connect` event on.
 */
export type OnConnection = (socket: net.Socket) => void

/**
 * actions-core destroys a request's agent after every response. One agent serves many requests here, so that call does
 * nothing, and the connections end when the emulator closes.
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
 * An agent for `https.request` whose every connection is a plain one to the emulator, whatever the address says. The Host
 * header keeps the name that was asked for.
 */
export function emulatorAgent(listener: Listener, onConnection?: OnConnection): https.Agent {
  return new EmulatorAgent(new URL(listener.url), onConnection)
}
