import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { answerFault, halfOf } from './broken-answers'
import type { FaultTarget } from './faults'
import { apiOfHost, apiOfPath, hostName, isLocal } from './hosts'
import type { RecordedRequest } from './recordings'
import { noteSecret } from './request-notes'
import { HttpError, pathOf, queryOf, textOf } from './http'
import type { State } from './state'

/**
 * Adds what applies to every request: the check of its host, faults on demand, errors as `{message}`, and the recording.
 */
export function addRequestHooks(app: FastifyInstance, state: State): void {
  app.addHook('onRequest', async (request, reply) => {
    const fault = isControl(request) ? undefined : state.faults.apply(faultTargetOf(state, request))
    if (fault !== undefined) state.struck.set(request.raw, fault)
    if (fault?.reset === 'before') return cut(state, request, reply)
  })

  app.addHook('preHandler', async (request, reply) => {
    const fault = state.struck.get(request.raw)
    if (fault?.delayMs !== undefined) await pause(fault.delayMs)
    if (fault?.status !== undefined && fault.reset !== 'after') return answerFault(reply, fault)
    // Only now the body is there: what arrives at a host of others is recorded whole.
    requireHost(state, request)
  })

  app.addHook('onSend', (request, reply, payload, done) => {
    const { reset, stall } = state.struck.get(request.raw) ?? {}
    const { socket } = request.raw
    void reply.header('date', new Date(state.options.clock()).toUTCString())
    if (reset === 'after') socket.destroy()
    const isAnswered = !socket.destroyed && stall !== 'headers'
    if (!isControl(request)) record(state, request, isAnswered ? reply.statusCode : 0)
    if (stall === 'headers') return
    if (stall === 'body') return done(null, halfOf(reply, payload))
    if (reset === 'in body')
      return done(
        null,
        halfOf(reply, payload, () => socket.destroy())
      )
    done(null, payload)
  })

  app.setNotFoundHandler((request) => {
    throw new HttpError(404, `There is no ${request.method} ${pathOf(request)} on this host.`)
  })

  app.setErrorHandler((error: FastifyError | HttpError, _request, reply) => {
    const status = error instanceof HttpError ? error.status : (error.statusCode ?? 500)
    void reply.code(status).headers(error instanceof HttpError ? error.headers : {})
    return reply.send({ message: error.message })
  })
}

function targetOf(request: FastifyRequest): { path: string; method: string; host: string } {
  return { path: pathOf(request), method: request.method, host: hostName(request.headers.host) }
}

function faultTargetOf({ tokens, options }: State, request: FastifyRequest): FaultTarget {
  const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  const tokenAgeMs = token === undefined ? undefined : tokens.ageOf(token)
  return { ...targetOf(request), ...(tokenAgeMs === undefined ? {} : { tokenAgeMs }), at: options.clock() }
}

function isControl(request: FastifyRequest): boolean {
  return apiOfPath(pathOf(request)) === 'control'
}

/** Throws 421 when the host is not one of Kameleoon's, and 404 when it does not serve this path or project. */
function requireHost({ options }: State, request: FastifyRequest): void {
  const host = hostName(request.headers.host)
  if (isLocal(host) || host === options.host) return
  const served = apiOfHost(host)
  if (served === undefined) throw new HttpError(421, `'${host}' is not one of Kameleoon's hosts.`)
  if (served !== apiOfPath(pathOf(request))) throw new HttpError(404, `${host} has no ${pathOf(request)}.`)
  if (served === 'data' && host !== options.dataHost) {
    throw new HttpError(404, `Site code '${queryOf(request).siteCode ?? ''}' is unknown on ${host}.`)
  }
}

/** Closes the connection without an answer. */
function cut(state: State, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.hijack()
  request.raw.socket.destroy()
  record(state, request, 0)
  return reply
}

function record(state: State, request: FastifyRequest, status: number): void {
  const recorded: RecordedRequest = {
    ...targetOf(request),
    query: queryOf(request),
    headers: headersOf(request),
    body: textOf(request),
    status,
    at: state.options.clock()
  }
  noteSecret(state, request)
  state.recordings.addRequest(recorded, request.routeOptions.url ?? 'unknown path')
  state.options.onRequest?.(recorded)
}

function headersOf(request: FastifyRequest): Record<string, string> {
  const entries = Object.entries(request.headers)
  return Object.fromEntries(
    entries.map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')])
  )
}

/** The timer does not keep the process alive. */
function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref())
}
