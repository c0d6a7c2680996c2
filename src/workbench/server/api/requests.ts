import Ajv from 'ajv'
import type { FastifyInstance } from 'fastify'
import { messageOf } from '../../../segment-host'
import { isNestedDeeper, MOST_LEVELS } from '../../../tracking-api'
import * as contract from '../../contract'
import { RequestError } from './errors'

/** Most bytes of a body. It is large, because a page may send many events at a time. */
const BODY_LIMIT = 8_000_000

/** A body may contain a list of events, or a mapping as deep as an event. */
const BODY_LEVELS = 2 * MOST_LEVELS

/** Parses bodies as JSON. An empty body is allowed; for other texts that are not JSON, the answer says where the error is. */
export function addJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit: BODY_LIMIT }, (_request, body, done) => {
    const text = body.toString()
    if (text.trim() === '') return done(null, undefined)
    try {
      done(null, contentOf(text))
    } catch (error) {
      done(error instanceof RequestError ? error : new RequestError(400, `The body is not JSON: ${messageOf(error)}`))
    }
  })
}

function contentOf(text: string): unknown {
  const content: unknown = JSON.parse(text)
  if (!isNestedDeeper(content, BODY_LEVELS)) return content
  throw new RequestError(400, `The body is nested more than ${BODY_LEVELS} levels deep.`)
}

interface NamedSchema {
  $id: string
}

/** All named schemas of the contract, so that routes and other schemas can refer to them. */
export const SCHEMAS: NamedSchema[] = Object.values<unknown>(contract).filter(isNamed)

function isNamed(schema: unknown): schema is NamedSchema {
  return typeof schema === 'object' && schema !== null && typeof Reflect.get(schema, '$id') === 'string'
}

const OPTIONS = { allErrors: true, strict: false, validateFormats: false, useDefaults: true, schemas: SCHEMAS }

/**
 * Checks every request against the schema of its route. The members of a body must have the types of the schema. Parameters
 * in the address are text, and are converted to the types of the schema.
 */
export function addValidation(app: FastifyInstance): void {
  app.addHook('preValidation', (request, _reply, done) => {
    // A body whose members are all optional may be absent.
    request.body ??= {}
    done()
  })
  const bodies = new Ajv(OPTIONS)
  const texts = new Ajv({ ...OPTIONS, coerceTypes: true })
  app.setValidatorCompiler(({ schema, httpPart }) => {
    // A schema with an $id can be compiled only once, but several routes use the same.
    const { $id: _, ...anonymous } = schema as Record<string, unknown>
    return (httpPart === 'body' ? bodies : texts).compile(anonymous)
  })
}
