import type { FastifyReply } from 'fastify'
import { Readable } from 'stream'
import type { FaultRule } from './faults'

/** Sends the answer that a fault asks for. */
export function answerFault(reply: FastifyReply, { status = 500, ...fault }: FaultRule): FastifyReply {
  if (fault.retryAfter !== undefined) void reply.header('retry-after', String(fault.retryAfter))
  if (fault.location !== undefined) void reply.header('location', fault.location)
  const { body = status === 204 ? '' : { message: 'Fault on demand.' } } = fault
  const isText = typeof body === 'string'
  const isHtml = isText && body.startsWith('<')
  void reply.type(isHtml ? 'text/html' : isText ? 'text/plain' : 'application/json; charset=utf-8')
  return reply.code(status).send(isText ? body : JSON.stringify(body))
}

/** An answer without a body cannot break off in its body, so it gets one. */
const SOME_BODY = '{"message":"This answer never ends."}'

/**
 * The first half of an answer's body, with the length of the whole in its headers. After the half nothing comes, or `end` is
 * called.
 */
export function halfOf(reply: FastifyReply, payload: unknown, end?: () => void): Readable {
  const body = typeof payload === 'string' && payload !== '' ? payload : SOME_BODY
  if (reply.statusCode === 204) void reply.code(200)
  void reply.header('content-length', Buffer.byteLength(body))
  const half = Buffer.from(body).subarray(0, Math.ceil(body.length / 2))
  let isSent = false
  return new Readable({
    read() {
      if (!isSent) this.push(half)
      // The half must have left this process before the connection ends.
      if (!isSent && end) setImmediate(end)
      isSent = true
    }
  })
}
