import type { FastifyReply } from 'fastify'

/** Answers 200 with JSON, indented when the caller asked with `prettyPrint=true`. */
export function sendJson(reply: FastifyReply, value: unknown, pretty: boolean): FastifyReply {
  return reply.type('application/json; charset=utf-8').send(JSON.stringify(value, null, pretty ? 2 : undefined))
}
