import http from 'http'

/** The answer to one request. */
export interface HttpAnswer {
  status: number
  headers: http.IncomingHttpHeaders
  text: string
}

/** The time was over before the answer was complete. */
export class TimeOutError extends Error {
  readonly name = 'TimeOutError'

  /** @param isConnected whether there was a connection by then */
  constructor(readonly isConnected: boolean) {
    super(isConnected ? 'no answer in time' : 'no connection in time')
  }
}

export interface HttpQuestion {
  method: 'GET' | 'POST'
  path: string
  /** Sent as JSON. */
  body?: unknown
  timeLimitMs: number
}

/** Far above every answer that is asked for here. */
const LARGEST_ANSWER_BYTES = 16_000_000

/**
 * Sends one request to an address of HTTP, over a connection of its own and never through a proxy. The Host header names
 * this machine, since an emulator in a container knows no other name for itself.
 * @param url such as `http://127.0.0.1:8321`
 * @throws TimeOutError, or the error of node:net or node:http when there is no complete answer
 */
export function answerFrom(url: string, { method, path, body, timeLimitMs }: HttpQuestion): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const headers = { host: 'localhost', 'content-type': 'application/json' }
    // Without an agent of its own, newer releases of Node may use a proxy of the environment. Connections to an emulator never do.
    const request = http.request(new URL(path, url), { method, headers, agent: false })
    let isConnected = false
    const timer = setTimeout(() => request.destroy(new TimeOutError(isConnected)), timeLimitMs)
    request.on('socket', (socket) => socket.on('connect', () => (isConnected = true)))
    request.on('response', (response) => void readAnswer(response).then(resolve, reject))
    request.on('error', reject)
    request.on('close', () => clearTimeout(timer))
    request.end(body === undefined ? undefined : JSON.stringify(body))
  })
}

/** The answer with its whole body, or the first 16 MB of it. */
export async function readAnswer(response: http.IncomingMessage): Promise<HttpAnswer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > LARGEST_ANSWER_BYTES) break
    chunks.push(chunk)
  }
  return { status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(chunks).toString() }
}
