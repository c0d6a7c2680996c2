import type { FastifyInstance, FastifyRequest } from 'fastify'
import { isIP } from 'net'
import { hostname } from 'os'
import { RequestError } from './api'

/** Other web pages cannot send these without asking first. The second is for files of events. */
const TAKEN = ['application/json', 'application/octet-stream']
const READING = ['GET', 'HEAD', 'OPTIONS']

/**
 * Accepts requests only from this machine and from the workbench's own page, so that no other web page open in the user's
 * browser can change anything.
 * @param listening the address the server listens on
 */
export function guard(app: FastifyInstance, listening: string): void {
  app.addHook('onRequest', (request, _reply, done) => {
    done(accessError(request, listening))
  })
}

function accessError({ headers, method }: FastifyRequest, listening: string): RequestError | undefined {
  if (!namesThisMachine(headers.host, listening)) {
    return new RequestError(421, `${headers.host ?? 'A request without a Host header'} is not this workbench.`)
  }
  if (READING.includes(method)) return undefined
  if (isCrossOrigin(headers)) {
    return new RequestError(403, 'Only the page of this workbench may change anything here.')
  }
  const mediaType = (headers['content-type'] ?? '').split(';')[0].trim().toLowerCase()
  if (TAKEN.includes(mediaType)) return undefined
  return new RequestError(415, `The content-type must be application/json, not "${mediaType}".`)
}

/** Browsers send at least one of these two headers for requests of other pages; other programs send neither. */
function isCrossOrigin({ origin, host, 'sec-fetch-site': site }: FastifyRequest['headers']): boolean {
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true
  return origin !== undefined && origin !== `http://${host}`
}

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]']

/** Whether only this machine can reach a server that listens on this address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

/**
 * Whether a Host header names this machine. Another web page can point its own domain at 127.0.0.1 (DNS rebinding), but its
 * requests still carry that domain.
 * @param listening the address the server listens on; if other machines can reach it, any IP address is accepted
 */
export function namesThisMachine(header: string | undefined, listening: string): boolean {
  const name = (header ?? '').toLowerCase().replace(/:\d+$/, '')
  if (LOOPBACK.includes(name) || name === listening.toLowerCase()) return true
  if (isLoopback(listening)) return false
  return isIP(name.replace(/^\[|\]$/g, '')) !== 0 || name === hostname().toLowerCase()
}

/** Everything is loaded from the workbench itself. Inline styles are allowed because the component library needs them. */
const POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'"
].join('; ')

/** Adds headers that make a browser run only what this workbench serves. */
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
