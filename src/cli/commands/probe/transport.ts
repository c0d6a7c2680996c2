import https from 'https'
import { emulatorAgent } from '../../../emulator'
import { USER_AGENT } from '../../../destinations/kameleoon'
import { readAnswer, type HttpAnswer } from '../../http-answer'

/** One request to one of Kameleoon's hosts, which are always https. */
export interface HttpRequest {
  method: 'GET' | 'POST' | 'PATCH'
  url: string
  headers: Record<string, string>
  body?: string
}

/** Sends one request. Rejects when there is no complete answer. */
export type Transport = (request: HttpRequest) => Promise<HttpAnswer>

const TIME_LIMIT_MS = 10_000

/**
 * Requests over HTTPS that follow no redirect.
 * @param emulator address of an emulator that takes the place of Kameleoon: every connection is opened to it
 */
export function transportTo(emulator: string | undefined): Transport {
  const agent = emulator === undefined ? undefined : emulatorAgent({ url: emulator })
  return ({ method, url, headers, body }) =>
    new Promise((resolve, reject) => {
      const signal = AbortSignal.timeout(TIME_LIMIT_MS)
      const request = https.request(url, { method, agent, signal, headers: { 'user-agent': USER_AGENT, ...headers } })
      request.on('response', (response) => void readAnswer(response).then(resolve, reject))
      request.on('error', (error) => reject(signal.aborted ? new Error('no answer within 10 seconds') : error))
      request.end(body)
    })
}
