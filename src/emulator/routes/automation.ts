import type { FastifyInstance } from 'fastify'
import type { State } from '../state'
import { pageOf } from './filter'
import { readNewGoal } from './new-goal'
import { queryOf, requireContentType, textOf } from './request'

/**
 * The parts of the Automation API that an integration needs: the site, its goals and its custom data. Lists are bare arrays.
 * https://github.com/Kameleoon/automation-api-collections
 */
export function automationRoutes(app: FastifyInstance, state: State): void {
  app.get('/sites', (request) => pageOf(state.catalog.sites, queryOf(request), ['id', 'code']))
  app.get('/goals', (request) => pageOf(state.catalog.goals, queryOf(request), ['id', 'siteId', 'name']))
  app.get('/custom-datas', (request) =>
    pageOf(state.catalog.customData, queryOf(request), ['id', 'siteId', 'name', 'index'])
  )

  app.post('/goals', (request, reply) => {
    requireContentType(request, 'application/json')
    const goal = readNewGoal(textOf(request), state.catalog.sites)
    if (state.catalog.goals.some(({ name, siteId }) => name === goal.name && siteId === goal.siteId)) {
      // Whether Kameleoon rejects the second goal is unknown; two goals of one name help nobody.
      state.throwAway('/goals', { reason: 'a goal of this name exists already', field: 'name', value: goal.name })
    }
    return reply.code(201).send(state.catalog.addGoal(goal))
  })
}
