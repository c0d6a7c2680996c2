import Ajv from 'ajv'
import type { FastifyInstance, FastifySchemaValidationError } from 'fastify'
import { SCHEMAS } from './schemas'
import type { Problem } from '../../contract'

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
