import http from 'http'
import type { Emulator } from '..'

export interface CallOptions {
  method?: string
  /** The Host header; this machine by default. */
  host?: string
  headers?: Record<string, string>
  body?: string
}

export interface CallAnswer {
  status: number
  headers: http.IncomingHttpHeaders
  /** The parsed JSON body, or nothing when the answer has none. */
  body: unknown
}

/** One request over real HTTP. fetch cannot set a Host header. */
export function call(emulator: Emulator, path: string, options: CallOptions = {}): Promise<CallAnswer> {
  const { method = 'GET', host = '127.0.0.1', headers = {}, body } = options
  const sent = { host, 'user-agent': 'EmulatorTest/1.0', ...headers }
  return new Promise((resolve, reject) => {
    const request = http.request(
      { port: emulator.port, host: '127.0.0.1', path, method, headers: sent },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString()
          const parsed: unknown = text === '' ? undefined : JSON.parse(text)
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: parsed })
        })
      }
    )
    request.on('error', reject)
    request.end(body)
  })
}

/** A fresh access token, as a ready Authorization header. */
export async function authorization(emulator: Emulator): Promise<{ authorization: string }> {
  const answer = await requestToken(emulator)
  const { access_token: token } = answer.body as { access_token: string }
  return { authorization: `Bearer ${token}` }
}

export function requestToken(emulator: Emulator, fields: Record<string, string> = {}): Promise<CallAnswer> {
  const { id, secret } = JSON.parse(Buffer.from(emulator.apiKey, 'base64').toString()) as { id: string; secret: string }
  const form = { grant_type: 'client_credentials', client_id: id, client_secret: secret, ...fields }
  return call(emulator, '/oauth/token', {
    method: 'POST',
    host: 'api.kameleoon.com',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString()
  })
}

/** Sends visit events as a JSON array. */
export function sendEvents(emulator: Emulator, events: unknown, query = ''): Promise<CallAnswer> {
  const path = `/visit/events?siteCode=${emulator.sitecode}&json=true${query}`
  return call(emulator, path, { method: 'POST', host: 'eu-data.kameleoon.io', body: JSON.stringify(events) })
}

/** Writes maps. */
export function writeMaps(emulator: Emulator, maps: unknown, query = ''): Promise<CallAnswer> {
  const body = typeof maps === 'string' ? maps : JSON.stringify(maps)
  const headers = { 'content-type': 'application/json' }
  return call(emulator, `/map/maps?siteCode=${emulator.sitecode}${query}`, { method: 'POST', headers, body })
}

/** A clock that stands still until it is moved on. */
export function stillClock(start = Date.UTC(2026, 0, 1)): { now: () => number; pass: (milliseconds: number) => void } {
  let time = start
  return { now: () => time, pass: (milliseconds) => void (time += milliseconds) }
}
