import type { FastifyInstance } from 'fastify'
import { messageOf } from '../segment-host'
import { Refusal } from '../refusal'

/** Most bytes of a body: a page may send many events at a time. */
const BODY_LIMIT = 8_000_000

/** Reads bodies as JSON, none as none, and says where one is broken. */
export function addJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit: BODY_LIMIT }, (_request, body, done) => {
    const text = body.toString()
    if (text.trim() === '') return done(null, undefined)
    try {
      done(null, JSON.parse(text))
    } catch (error) {
      done(new Refusal(400, `The body is not JSON: ${messageOf(error)}`))
    }
  })
}
