import type { FastifyInstance, FastifyRequest } from 'fastify'
import { HttpError, pathOf } from './http'

/**
 * What web pages of any origin do with Kameleoon: its script and its SDKs send visit events, and read stored data and the
 * configuration of a project. Everything else is for servers, or for the user of the emulator.
 */
const FOR_PAGES: [method: string, path: RegExp][] = [
  ['POST', /^\/visit\/events$/],
  ['GET', /^\/(visit\/visitor|map\/maps?)$/],
  ['GET', /^\/v3\//]
]

/** Methods that change nothing. A page of another origin cannot read their answers, since these do not allow it. */
const READING = ['GET', 'HEAD', 'OPTIONS']

/**
 * Lets web pages of other origins do what they may do with Kameleoon, and nothing else: a page that is open in the user's
 * browser can neither reset the emulator nor add faults to it.
 */
export function guardOtherOrigins(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    const methods = methodsForPages(pathOf(request))
    if (methods.length > 0) void reply.header('access-control-allow-origin', '*')
    if (methods.length > 0 && isPreflight(request))
      return void reply.headers(preflightHeaders(methods, request)).code(204).send()
    done(methods.includes(request.method) ? undefined : changeError(request))
  })
}

function methodsForPages(path: string): string[] {
  return FOR_PAGES.filter(([, pattern]) => pattern.test(path)).map(([method]) => method)
}

function isPreflight({ method, headers }: FastifyRequest): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined
}

function preflightHeaders(methods: string[], { headers }: FastifyRequest): Record<string, string> {
  return {
    'access-control-allow-methods': methods.join(', '),
    'access-control-allow-headers': headers['access-control-request-headers'] ?? 'content-type',
    // Browsers require this before a page of the internet may send requests to this machine.
    'access-control-allow-private-network': 'true',
    'access-control-max-age': '600'
  }
}

function changeError(request: FastifyRequest): HttpError | undefined {
  if (READING.includes(request.method) || !isOfOtherOrigin(request)) return undefined
  return new HttpError(403, `A web page of another origin may not send ${request.method} ${pathOf(request)}.`)
}

/** Browsers send at least one of these two headers for requests of other pages; other programs send neither. */
function isOfOtherOrigin({ headers: { origin, host, 'sec-fetch-site': site } }: FastifyRequest): boolean {
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true
  return origin !== undefined && origin !== `http://${host}`
}
