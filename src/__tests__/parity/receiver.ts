import { createServer } from 'http'
import type { Server } from 'http'
import type { AddressInfo } from 'net'
import type { JSONObject } from '@segment/actions-core'

export interface Received {
  method: string
  /** With the query. */
  path: string
  headers: Record<string, string | string[] | undefined>
  body: JSONObject
}

/** Stands where the official destination believes Kameleoon's own receiver to be; it accepts everything, as that does. */
export class Receiver {
  readonly received: Received[] = []

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Receiver> {
    const server = createServer()
    const receiver = new Receiver(server)
    server.on('request', (request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const { method = '', url = '', headers } = request
        const text = Buffer.concat(chunks).toString('utf8')
        const body = text === '' ? {} : (JSON.parse(text) as Received['body'])
        receiver.received.push({ method, path: url, headers, body })
        response.end('OK')
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return receiver
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }
}
