import type { FastifyInstance, FastifyRequest } from 'fastify'
import { isIP } from 'net'
import { hostname } from 'os'
import { RequestError } from './api'

const READING = ['GET', 'HEAD', 'OPTIONS']

/** Lets only this machine and its own page in: what other pages send by a visitor's browser changes nothing. */
export function guard(app: FastifyInstance, listening: string): void {
  app.addHook('onRequest', (request, _reply, done) => {
    done(rejectionOf(request, listening))
  })
}

function rejectionOf({ headers, method }: FastifyRequest, listening: string): RequestError | undefined {
  if (!namesThisMachine(headers.host, listening)) {
    return new RequestError(421, `${headers.host ?? 'A request without a Host header'} is not this workbench.`)
  }
  if (READING.includes(method)) return undefined
  if (isFromElsewhere(headers))
    return new RequestError(403, 'Only the page of this workbench may change anything here.')
  const mediaType = (headers['content-type'] ?? '').split(';')[0].trim().toLowerCase()
  if (mediaType === 'application/json') return undefined
  return new RequestError(415, `The content-type must be application/json, not "${mediaType}".`)
}

/** Browsers tell where a request comes from in at least one of two headers; programs send neither. */
function isFromElsewhere({ origin, host, 'sec-fetch-site': site }: FastifyRequest['headers']): boolean {
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true
  return origin !== undefined && origin !== `http://${host}`
}

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]']

/** Whether an address to listen on reaches this machine only. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

/**
 * Whether a Host header names this machine. A page elsewhere can point a name of its own at 127.0.0.1 (DNS rebinding), but
 * its requests still carry that name.
 * @param listening the address listened on; with one that others reach, every number of this machine is as good
 */
export function namesThisMachine(header: string | undefined, listening: string): boolean {
  const name = (header ?? '').toLowerCase().replace(/:\d+$/, '')
  if (LOOPBACK.includes(name) || name === listening.toLowerCase()) return true
  if (isLoopback(listening)) return false
  return isIP(name.replace(/^\[|\]$/g, '')) !== 0 || name === hostname().toLowerCase()
}

/** Everything comes from here. Styles stand in elements because the component library computes them. */
const POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'"
].join('; ')

/** Headers under which a browser runs nothing but what this workbench serves. */
export function addPageHeaders(app: FastifyInstance): void {
  app.addHook('onSend', (_request, reply, payload, done) => {
    void reply.headers({
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer'
    })
    done(null, payload)
  })
}
