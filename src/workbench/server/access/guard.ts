import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Rejection } from '../rejection'
import { namesThisMachine } from './local-hosts'

const READING = ['GET', 'HEAD', 'OPTIONS']

/** Lets only this machine and its own page in: what other pages send by a visitor's browser changes nothing. */
export function guard(app: FastifyInstance, listening: string): void {
  app.addHook('onRequest', (request, _reply, done) => {
    done(rejectionOf(request, listening))
  })
}

function rejectionOf({ headers, method }: FastifyRequest, listening: string): Rejection | undefined {
  if (!namesThisMachine(headers.host, listening)) {
    return new Rejection(421, `${headers.host ?? 'A request without a Host header'} is not this workbench.`)
  }
  if (READING.includes(method)) return undefined
  if (isFromElsewhere(headers)) return new Rejection(403, 'Only the page of this workbench may change anything here.')
  const mediaType = (headers['content-type'] ?? '').split(';')[0].trim().toLowerCase()
  if (mediaType === 'application/json') return undefined
  return new Rejection(415, `The content-type must be application/json, not "${mediaType}".`)
}

/** Browsers tell where a request comes from in at least one of two headers; programs send neither. */
function isFromElsewhere({ origin, host, 'sec-fetch-site': site }: FastifyRequest['headers']): boolean {
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true
  return origin !== undefined && origin !== `http://${host}`
}
