import { createRequestClient } from '@segment/actions-core'
import http from 'http'
import type { AddressInfo } from 'net'
import definition from '../..'
import { errorFrom } from '../../__tests__/__helpers__/kameleoon'
import { failureOf } from '../../delivery/failure'
import { send } from '../http'
import type { HttpRequest } from '../http'

const call = { method: 'GET', host: 'https://eu-data.kameleoon.io', path: '/map/maps' } as const

/** What a server does with the response to a request. */
type Behaviour = (response: http.ServerResponse) => void

const BEHAVIOURS: Record<string, Behaviour> = {
  'stalls before it answers': () => undefined,
  'stalls in the middle of its answer': (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 })
    response.write('{"IDENTIFY_a":')
  },
  'stalls in the middle of an answer of unknown length': (response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.write('{"IDENTIFY_a":')
  }
}

let server: http.Server
let behaviour: Behaviour

beforeAll((done) => {
  server = http.createServer((_request, response) => behaviour(response))
  server.listen(0, '127.0.0.1', done)
})
afterAll((done) => {
  server.closeAllConnections()
  server.close(done)
})

/** The framework's client with the options of the destination, at a local server, with a shorter time. */
function requestWith(options: object): HttpRequest {
  const { timeout } = definition.extendRequest?.({} as never) ?? {}
  expect(timeout).toBe(10_000)
  const client = createRequestClient({ timeout: 100, ...options }) as unknown as HttpRequest
  const { port } = server.address() as AddressInfo
  return (url, given) => client(url.replace(call.host, `http://127.0.0.1:${port}`), given)
}

describe.each(Object.keys(BEHAVIOURS))('a server that %s', (name) => {
  beforeEach(() => {
    behaviour = BEHAVIOURS[name]
  })

  it.each([
    ['without an abort signal', {}],
    ['with one of the host', { signal: new AbortController().signal }]
  ])('is not waited for longer than the time limit, %s', async (_case, options) => {
    const error = await errorFrom(() => send(requestWith(options), call))
    expect(error.message).toMatch(/^Kameleoon did not answer GET \/map\/maps in time \((ETIMEDOUT|body-timeout)\)$/)
    expect(failureOf(error)).toMatchObject({ status: 504, isRetryable: true })
  })

  it('is not waited for once the host ends the delivery', async () => {
    const host = new AbortController()
    const inner = behaviour
    behaviour = (response) => {
      inner(response)
      // The answer's beginning arrives first.
      setImmediate(() => setImmediate(() => host.abort()))
    }
    const error = await errorFrom(() => send(requestWith({ signal: host.signal, timeout: false }), call))
    expect(error.message).toMatch(
      /^Kameleoon did not answer GET \/map\/maps in time \((AbortError|REQUESTCLIENTERROR)\)$/
    )
    expect(failureOf(error)).toMatchObject({ status: 504, isRetryable: true })
  })
})

it('tells a connection that is lost in the middle of an answer from one that took too long', async () => {
  behaviour = (response) => {
    response.writeHead(200)
    response.write('{', () => response.destroy())
  }
  const error = await errorFrom(() => send(requestWith({}), call))
  expect(error.message).toMatch(/^The connection to Kameleoon failed during GET \/map\/maps \([A-Z_]+\)$/)
  expect(failureOf(error)).toMatchObject({ status: 503, isRetryable: true })
})
