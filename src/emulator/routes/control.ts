import type { FastifyInstance } from 'fastify'
import { Rejection } from '../rejection'
import type { State } from '../state'
import { readFaultRule } from './fault-rule'
import { summaryOf, withoutSecrets } from './summary'
import { textOf } from './request'

/** The emulator's own surface, reachable only where the Host header names this machine. */
export function controlRoutes(app: FastifyInstance, state: State): void {
  app.get('/emulator', () => summaryOf(state))
  app.get('/emulator/requests', () => state.recordings.requests.map(withoutSecrets))
  app.get('/emulator/discarded', () => state.recordings.discarded)

  app.get<{ Params: { code: string } }>('/emulator/visitors/:code', (request) => {
    const visitor = state.visitors.get(request.params.code)
    if (!visitor) throw new Rejection(404, `Nothing is known about visitor '${request.params.code}'.`)
    return visitor
  })

  app.post('/emulator/faults', (request, reply) => {
    state.faults.add(readFaultRule(textOf(request)))
    return reply.code(201).send(summaryOf(state).faults)
  })

  app.delete('/emulator/faults', (_request, reply) => {
    state.faults.clear()
    return reply.code(204).send()
  })

  app.post('/emulator/reset', (_request, reply) => {
    state.reset()
    return reply.code(204).send()
  })
}
