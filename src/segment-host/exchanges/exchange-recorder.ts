import { AsyncLocalStorage } from 'async_hooks'
import { randomUUID } from 'crypto'
import { messageOf } from '../errors'
import type { RecordedExchange } from './recorded-exchange'
import { redacted, redactedHeaders } from './redaction'
import type { RequestWatch, WatchedRequest } from './watched-definition'

export interface RecorderOptions {
  /** The present time in milliseconds since 1970. */
  clock: () => number
  /** Texts to replace wherever they occur. */
  secrets: string[]
}

/** The list for the requests of the current batch. Several batches can be under way at once. */
const currentBatch = new AsyncLocalStorage<RecordedExchange[]>()
const currentRequest = new AsyncLocalStorage<RecordedExchange>()

/** Runs work and resolves to its result and all requests it made, in the order of their start. */
export async function recorded<Result>(work: () => Promise<Result>): Promise<[Result, RecordedExchange[]]> {
  const exchanges: RecordedExchange[] = []
  return [await currentBatch.run(exchanges, work), exchanges]
}

/** The exchange of the request in whose async context this is called; undefined outside of a recorded request. */
export function currentExchange(): RecordedExchange | undefined {
  return currentRequest.getStore()
}

/** Records requests without secrets, for `watchedDefinition`. */
export function exchangeRecorder(options: RecorderOptions): RequestWatch {
  return {
    begin: (url) => {
      const exchange = emptyExchange(url, options)
      currentBatch.getStore()?.push(exchange)
      return recordInto(exchange, options)
    }
  }
}

function emptyExchange(url: string, { clock, secrets }: RecorderOptions): RecordedExchange {
  return {
    ...{ id: randomUUID(), at: clock(), milliseconds: 0, method: 'GET', url: String(redacted(url, secrets)) },
    ...{ headers: {}, body: null, response: null, error: null }
  }
}

function recordInto(exchange: RecordedExchange, { clock, secrets }: RecorderOptions): WatchedRequest {
  const setDuration = (): void => void (exchange.milliseconds = clock() - exchange.at)
  return {
    run: (send) => currentRequest.run(exchange, send),
    completed: ({ method = 'get', headers, body, json }) => {
      const text = json === undefined ? bodyText(body) : JSON.stringify(json)
      exchange.method = method.toUpperCase()
      exchange.headers = redactedHeaders(entriesOf(headers))
      exchange.body = text === null ? null : String(redacted(text, secrets))
    },
    answered: ({ status, headers, content }) => {
      setDuration()
      const body = content ? String(redacted(content, secrets)) : null
      exchange.response = { status, headers: redactedHeaders(entriesOf(headers)), body }
    },
    failed: (error) => {
      setDuration()
      exchange.error = String(redacted(messageOf(error), secrets))
    }
  }
}

function bodyText(body: unknown): string | null {
  if (typeof body === 'string') return body
  return body instanceof URLSearchParams ? body.toString() : null
}

type HeadersLike = { forEach(add: (value: string, name: string) => void): void }

/** The client turns headers into an object of its own class; a caller may give a plain object. */
function entriesOf(headers: unknown): [string, string][] {
  if (typeof headers !== 'object' || headers === null) return []
  if (typeof Reflect.get(headers, 'forEach') !== 'function') return Object.entries(headers as Record<string, string>)
  const entries: [string, string][] = []
  // An object with `forEach` is the client's own Headers.
  ;(headers as HeadersLike).forEach((value, name) => entries.push([name, value]))
  return entries
}
