import * as contract from '../../contract'
import Ajv from 'ajv'
import type { FastifyInstance, FastifySchemaValidationError } from 'fastify'
import { messageOf } from '../../../segment-host'
import type { Problem } from '../../contract'
import { RequestError } from './errors'

interface NamedSchema {
  $id: string
}

/** Every schema of the contract that has a name, so that routes and other schemas can refer to it. */
export const SCHEMAS: NamedSchema[] = Object.values<unknown>(contract).filter(isNamed)

function isNamed(schema: unknown): schema is NamedSchema {
  return typeof schema === 'object' && schema !== null && typeof Reflect.get(schema, '$id') === 'string'
}

/** Deeper than any real event; much deeper ones cannot be written as JSON without running out of stack. */
export const MOST_LEVELS = 500

/** Whether objects and arrays stand in each other more than so many levels deep. */
export function isNestedDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((member) => isNestedDeeper(member, levels - 1))
}

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
      done(error instanceof RequestError ? error : new RequestError(400, `The body is not JSON: ${messageOf(error)}`))
    }
  })
}

function contentOf(text: string): unknown {
  const content: unknown = JSON.parse(text)
  if (!isNestedDeeper(content, BODY_LEVELS)) return content
  throw new RequestError(400, `The body is nested more than ${BODY_LEVELS} levels deep.`)
}

const OPTIONS = { allErrors: true, strict: false, validateFormats: false, useDefaults: true, schemas: SCHEMAS }

/**
 * Checks what comes in against the schema of its route. Bodies must be of the right types as they are; what stands in an
 * address is text, and is read as what the schema asks for.
 */
export function addValidation(app: FastifyInstance): void {
  app.addHook('preValidation', (request, _reply, done) => {
    // Where nothing is asked for, nothing need be sent.
    request.body ??= {}
    done()
  })
  const bodies = new Ajv(OPTIONS)
  const texts = new Ajv({ ...OPTIONS, coerceTypes: true })
  app.setValidatorCompiler(({ schema, httpPart }) => {
    const { $id: _, ...anonymous } = schema as Record<string, unknown>
    return (httpPart === 'body' ? bodies : texts).compile(anonymous)
  })
}

/** What only says that something else was found. */
const SUMMARIES = ['if', 'anyOf']

/** What a schema found, each with its field as in `values.apiKey`. */
export function validationProblems(found: FastifySchemaValidationError[]): Problem[] {
  const problems = found.filter(({ keyword }) => !SUMMARIES.includes(keyword)).map(problemOf)
  const fields = problems.map(({ field }) => field)
  return problems.filter(({ field }, index) => fields.indexOf(field) === index)
}

function problemOf({ keyword, instancePath, params, message = 'is not valid' }: FastifySchemaValidationError): Problem {
  const path = instancePath.split('/').slice(1).map(unescaped)
  if (keyword === 'required') return { field: [...path, params.missingProperty].join('.'), message: 'is missing' }
  const allowed = Array.isArray(params.allowedValues) ? `: ${params.allowedValues.join(', ')}` : ''
  return { field: path.join('.'), message: `${message}${allowed}` }
}

/** https://www.rfc-editor.org/rfc/rfc6901#section-3 */
function unescaped(part: string): string {
  return part.replace(/~1/g, '/').replace(/~0/g, '~')
}
