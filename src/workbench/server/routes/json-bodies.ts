import type { FastifyInstance } from 'fastify'
import { messageOf } from '../../../segment-host'
import { Rejection } from '../rejection'
import { isNestedDeeper, MOST_LEVELS } from '../tracking/nesting'

/** Most bytes of a body: a page may send many events at a time. */
const BODY_LIMIT = 8_000_000

/** An event stands in a list, and a mapping may hold as much as an event. */
const BODY_LEVELS = 2 * MOST_LEVELS

/** Reads bodies as JSON, none as none, and says where one is broken. */
export function addJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit: BODY_LIMIT }, (_request, body, done) => {
    const text = body.toString()
    if (text.trim() === '') return done(null, undefined)
    try {
      done(null, contentOf(text))
    } catch (error) {
      done(error instanceof Rejection ? error : new Rejection(400, `The body is not JSON: ${messageOf(error)}`))
    }
  })
}

function contentOf(text: string): unknown {
  const content: unknown = JSON.parse(text)
  if (!isNestedDeeper(content, BODY_LEVELS)) return content
  throw new Rejection(400, `The body is nested more than ${BODY_LEVELS} levels deep.`)
}
