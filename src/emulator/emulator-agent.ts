import https from 'https'
import net from 'net'

/** Where the emulator listens: `http://host:port`. A running Emulator is one. */
export interface Listener {
  url: string
}

/**
 * actions-core destroys a request's agent after every response. One agent serves many requests here, so that call does
 * nothing, and the connections end when the emulator closes.
 */
class EmulatorAgent extends https.Agent {
  constructor(private readonly listener: URL) {
    super({ keepAlive: true })
  }

  createConnection(): net.Socket {
    const { hostname, port } = this.listener
    return net.connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port), noDelay: true })
  }

  destroy(): void {}
}

/**
 * An agent for `https.request` whose every connection is a plain one to the emulator, whatever the address says. The Host
 * header keeps the name that was asked for.
 */
export function emulatorAgent(listener: Listener): https.Agent {
  return new EmulatorAgent(new URL(listener.url))
}
