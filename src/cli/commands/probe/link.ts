import { AUTOMATION_HOST } from '../../../destinations/kameleoon'
import { memberOf, messageOf, parsedJson } from '../../../segment-host'
import type { HttpAnswer } from '../../http-answer'
import { recordOf, shown, type Answer, type Call, type Evidence } from './evidence'
import type { HttpRequest, Transport } from './transport'

/** Requests begin at least this long after each other: three a second, far below Kameleoon's limits. */
const BETWEEN_REQUESTS_MS = 350

/** The time, and waiting. Tests pass a clock of their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now: () => number
  /** Resolves after this time, or as soon as the signal is aborted. */
  wait: (milliseconds: number, signal?: AbortSignal) => Promise<void>
}

/** Kameleoon gave no answer, or one that says nothing about the question. */
export class CallError extends Error {
  readonly name = 'CallError'
}

/** The user has asked to stop. */
export class StoppedError extends Error {
  readonly name = 'StoppedError'
}

export interface LinkOptions {
  transport: Transport
  clock: Clock
  dataHost: string
  /** Fetches an access token. */
  fetchToken: (send: Transport) => Promise<string>
}

/** Sends calls to Kameleoon slowly, and records each of them. */
export class Link {
  /** The Retry-After header of every answer with 429; null where there was none. */
  readonly limited: (string | null)[] = []
  /** How many requests were sent, those for tokens included. */
  requests = 0
  private token: string | undefined
  private nextAt = 0

  constructor(private readonly options: LinkOptions) {}

  get clock(): Clock {
    return this.options.clock
  }

  /** The access tokens so far never appear in a report. */
  readonly secrets: string[] = []

  /**
   * Sends a call. A token that is not accepted is renewed once.
   * @param evidence takes the call and its answer
   * @param signal ends the run; undefined while cleaning up
   * @throws CallError without an answer, and for 429 and 5xx
   * @throws StoppedError after the signal
   */
  async call(call: Call, evidence: Evidence[], signal?: AbortSignal): Promise<Answer> {
    const first = await this.send(call, evidence, signal)
    const isRejected = first.status === 401 && (call.token ?? 'valid') === 'valid'
    if (isRejected) this.token = undefined
    const { status, headers, text } = isRejected ? await this.send(call, evidence, signal) : first
    if (status === 429) this.limited.push(headers['retry-after'] ?? null)
    if (status === 429 || status >= 500) throw new CallError(`${call.method} ${call.path} answered ${status}`)
    return { status, text, json: parsedJson(text) }
  }

  /** Waits; throws a StoppedError when the signal is aborted meanwhile. */
  async wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (milliseconds > 0) await this.clock.wait(milliseconds, signal)
    if (signal?.aborted) throw new StoppedError('The run was interrupted')
  }

  private async send(call: Call, evidence: Evidence[], signal?: AbortSignal): Promise<HttpAnswer> {
    const request = await this.requestOf(call, signal)
    const record = recordOf(call, request)
    evidence.push(record)
    try {
      const answer = await this.paced(request, signal)
      record.status = answer.status
      if (!call.isPrivate && answer.text !== '') record.answer = shown(answer.text)
      return answer
    } catch (error) {
      if (error instanceof StoppedError) evidence.splice(evidence.indexOf(record), 1)
      else record.error = reasonOf(error)
      throw error instanceof StoppedError
        ? error
        : new CallError(`${call.method} ${call.path} got no answer: ${reasonOf(error)}`)
    }
  }

  private async requestOf(call: Call, signal?: AbortSignal): Promise<HttpRequest> {
    const { method, api, path, query = {}, body, token = 'valid' } = call
    const text = Object.keys(query).length === 0 ? '' : `?${new URLSearchParams(query).toString()}`
    const url = `${api === 'data' ? this.options.dataHost : AUTOMATION_HOST}${path}${text.replace(/\+/g, '%20')}`
    const headers: Record<string, string> = {}
    if (token === 'wrong') headers.authorization = 'Bearer not-a-token'
    if (token === 'valid') headers.authorization = `Bearer ${await this.validToken(signal)}`
    if (body === undefined) return { method, url, headers }
    headers['content-type'] = typeof body === 'string' ? 'text/plain' : 'application/json'
    return { method, url, headers, body: typeof body === 'string' ? body : JSON.stringify(body) }
  }

  private async validToken(signal?: AbortSignal): Promise<string> {
    if (this.token !== undefined) return this.token
    const send: Transport = (request) =>
      this.paced(request, signal).catch((error: unknown) => {
        throw error instanceof StoppedError
          ? error
          : new CallError(`POST /oauth/token got no answer: ${reasonOf(error)}`)
      })
    this.token = await this.options.fetchToken(send)
    this.secrets.push(this.token)
    return this.token
  }

  private async paced(request: HttpRequest, signal?: AbortSignal): Promise<HttpAnswer> {
    await this.wait(this.nextAt - this.clock.now(), signal)
    this.nextAt = this.clock.now() + BETWEEN_REQUESTS_MS
    this.requests += 1
    return this.options.transport(request)
  }
}

function reasonOf(error: unknown): string {
  const code = memberOf(error, 'code')
  return typeof code === 'string' && code !== 'ABORT_ERR' ? code : messageOf(error)
}
