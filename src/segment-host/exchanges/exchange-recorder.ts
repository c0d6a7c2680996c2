import { AsyncLocalStorage } from 'async_hooks'
import { randomUUID } from 'crypto'
import { messageOf } from '../errors'
import { isJudged, type Expected } from '../../workbench/server/exchange/judgements'
import { redacted, redactedHeaders } from './redaction'
import type { RequestWatch, WatchedRequest } from './traced-definition'
import type { TracedExchange } from './traced-exchange'

export interface RecorderOptions {
  clock: () => number
  secrets: string[]
  /** Waits for what the emulator makes of a body; null where Kameleoon itself is asked. */
  expect: ((path: string, body: string) => Expected) | null
}

/** Which list the requests of the present batch go to; batches are under way side by side. */
const present = new AsyncLocalStorage<TracedExchange[]>()

/** Runs work and resolves to its result with all requests it made, in the order of their beginning. */
export async function recorded<Result>(work: () => Promise<Result>): Promise<[Result, TracedExchange[]]> {
  const exchanges: TracedExchange[] = []
  return [await present.run(exchanges, work), exchanges]
}

/** Writes requests down, without secrets. */
export function exchangeRecorder(options: RecorderOptions): RequestWatch {
  return {
    sent: (url) => {
      const exchange = emptyExchange(url, options)
      present.getStore()?.push(exchange)
      return watched(exchange, url, options)
    }
  }
}

function emptyExchange(url: string, { clock, secrets }: RecorderOptions): TracedExchange {
  return {
    ...{ id: randomUUID(), at: clock(), milliseconds: 0, method: 'GET', url: String(redacted(url, secrets)) },
    ...{ headers: {}, body: null, response: null, error: null, judged: null }
  }
}

function watched(exchange: TracedExchange, url: string, { clock, secrets, expect }: RecorderOptions): WatchedRequest {
  const took = (): void => void (exchange.milliseconds = clock() - exchange.at)
  let expected: Expected | null = null
  return {
    completed: ({ method = 'get', headers, body, json }) => {
      const text = json === undefined ? textOf(body) : JSON.stringify(json)
      exchange.method = method.toUpperCase()
      exchange.headers = redactedHeaders(entriesOf(headers))
      exchange.body = text === null ? null : String(redacted(text, secrets))
      const path = new URL(url).pathname
      if (text !== null && expect && isJudged(path)) expected = expect(path, text)
      exchange.judged = expected?.judged ?? null
    },
    answered: ({ status, headers, content }) => {
      took()
      const body = content ? String(redacted(content, secrets)) : null
      if (status < 200 || status > 299) expected?.withdraw()
      exchange.response = { status, headers: redactedHeaders(entriesOf(headers)), body }
    },
    broken: (error) => {
      took()
      // What was cut off is not handled any more, but what only took too long may be.
      if (!isTimeOut(error)) expected?.withdraw()
      exchange.error = String(redacted(messageOf(error), secrets))
    }
  }
}

function isTimeOut(error: unknown): boolean {
  const { code } = Object(error) as { code?: unknown }
  return code === 'ETIMEDOUT' || code === 'REQUESTTIMEOUTERROR' || code === 'REQUESTCLIENTERROR'
}

function textOf(body: unknown): string | null {
  if (typeof body === 'string') return body
  return body instanceof URLSearchParams ? body.toString() : null
}

type HeadersLike = { forEach(tell: (value: string, name: string) => void): void }

/** The client completes headers to an object of its own kind; whoever calls it may give a plain one. */
function entriesOf(headers: unknown): [string, string][] {
  if (typeof headers !== 'object' || headers === null) return []
  if (typeof Reflect.get(headers, 'forEach') !== 'function') return Object.entries(headers as Record<string, string>)
  const entries: [string, string][] = []
  ;(headers as HeadersLike).forEach((value, name) => entries.push([name, value]))
  return entries
}
