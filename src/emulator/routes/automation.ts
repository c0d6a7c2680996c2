import type { FastifyInstance, FastifyRequest } from 'fastify'
import { cut, isListMistake, LIST_MISTAKES, type ListMistake } from '../mistakes'
import type { State } from '../state'
import { queryOf, requireContentType, textOf, HttpError, jsonOf, wholeNumber } from '../http'
import type { Goal, NewGoal, Site } from '../project'
import { isObject, isText } from '../values'
import { LIMITS } from '../limits'

/**
 * The parts of the Automation API that an integration needs: the site, its goals and its custom data. Lists are bare arrays.
 * https://github.com/Kameleoon/automation-api-collections
 */
export function automationRoutes(app: FastifyInstance, state: State): void {
  app.get('/sites', (request) =>
    pageOf(state.project.sites, queryOf(request), ['id', 'code'], listMistakeOf(state, request))
  )
  app.get('/goals', (request) =>
    pageOf(state.project.goals, queryOf(request), ['id', 'siteId', 'name'], listMistakeOf(state, request))
  )
  app.get('/custom-datas', (request) => customDataPage(state, request))

  app.post('/goals', (request, reply) => {
    requireContentType(request, 'application/json')
    const goal = readNewGoal(textOf(request), state.project.sites)
    const taken = state.project.goals.find(({ name, siteId }) => name === goal.name && siteId === goal.siteId)
    if (taken === undefined) return reply.code(201).send(state.project.addGoal(goal))
    const { goalNames } = state.options
    if (goalNames === 'reject') throw new HttpError(409, `There is a goal '${goal.name}' already.`)
    if (goalNames === 'return first') return reply.code(200).send(taken)
    // It is unknown whether Kameleoon rejects the second goal; two goals with one name are of no use.
    state.discard('/goals', { reason: 'a goal of this name exists already', field: 'name', value: goal.name })
    return reply.code(201).send(state.project.addGoal(goal))
  })

  app.patch<{ Params: { id: string } }>('/goals/:id', (request) => {
    requireContentType(request, 'application/json')
    if (state.options.archiving === 'reject') throw new HttpError(403, 'Goals cannot be changed with this key.')
    const goal = state.project.goal(Number(request.params.id))
    if (goal === undefined) throw new HttpError(404, `There is no goal ${request.params.id}.`)
    return Object.assign(goal, readArchiving(textOf(request)))
  })
}

/** The body of `PATCH /goals/{id}`, of which only archiving is known here. */
function readArchiving(body: string): Pick<Goal, 'isArchived'> {
  const change = jsonOf(body, 'a change of a goal as a JSON object')
  const { isArchived, ...others }: Record<string, unknown> = isObject(change) ? change : {}
  if (typeof isArchived !== 'boolean' || Object.keys(others).length > 0) {
    throw new HttpError(400, 'A change of a goal must be {"isArchived": true} or {"isArchived": false}.')
  }
  return { isArchived }
}

/** By default without what only the configuration for SDKs is known to say. */
function customDataPage(state: State, request: FastifyRequest): object[] {
  const { customData } = state.project
  const page = pageOf(customData, queryOf(request), ['id', 'siteId', 'name', 'index'], listMistakeOf(state, request))
  if (state.options.crossDeviceId === 'listed') return page
  return page.map(({ isMappingIdentifier: _onlyThere, ...listed }) => listed)
}

function listMistakeOf(state: State, { raw }: FastifyRequest): ListMistake | undefined {
  const mistake = state.struck.get(raw)?.mistake
  return isListMistake(mistake) ? mistake : undefined
}

const isFilledText = (value: unknown): boolean => isText(value) && value.trim() !== ''

/** The fields of a `POST /goals` body that is known to work for custom goals. */
const FIELDS: Record<string, { required: boolean; expected: string; accepts: (value: unknown) => boolean }> = {
  name: { required: true, expected: 'a text that is not empty', accepts: isFilledText },
  siteId: { required: true, expected: 'a number', accepts: (value) => Number.isSafeInteger(value) },
  type: { required: true, expected: 'CUSTOM', accepts: (value) => value === 'CUSTOM' },
  hasMultipleConversions: { required: true, expected: 'a boolean', accepts: (value) => typeof value === 'boolean' },
  status: { required: false, expected: 'ACTIVE or INACTIVE', accepts: (value) => /^(IN)?ACTIVE$/.test(String(value)) },
  description: { required: false, expected: 'a text', accepts: isText }
}

/** The goal in a request body. Throws a 400 error with the first problem. */
export function readNewGoal(body: string, sites: Site[]): NewGoal {
  const goal = jsonOf(body, 'a goal as a JSON object')
  if (!isObject(goal)) throw new HttpError(400, 'A goal must be a JSON object.')
  const unknown = Object.keys(goal).find((name) => !Object.keys(FIELDS).includes(name))
  if (unknown !== undefined) throw new HttpError(400, `Unknown field '${unknown}'.`)
  for (const [name, { required, expected, accepts }] of Object.entries(FIELDS)) {
    if (goal[name] === undefined && !required) continue
    if (!accepts(goal[name])) throw new HttpError(400, `'${name}' must be ${expected}.`)
  }
  if (!sites.some((site) => site.id === goal.siteId))
    throw new HttpError(400, `There is no site ${String(goal.siteId)}.`)
  // Every field was checked against the table above.
  return goal as unknown as NewGoal
}

interface Condition<Field extends string> {
  field: Field
  operator: string
  parameters: string[]
}

const OPERATORS: Record<string, (value: string, parameters: string[]) => boolean> = {
  EQUAL: (value, parameters) => value === parameters[0],
  NOT_EQUAL: (value, parameters) => value !== parameters[0],
  IN: (value, parameters) => parameters.includes(value)
}

/**
 * One page of a list, filtered as the query says: `filter` is a JSON array of {field, operator, parameters}, `page` counts
 * from 1. Throws a 400 error for fields and operators that the list does not support.
 * https://docs.kameleoon.com/developer-docs/apis/automation-api-rest/get-started
 *
 * @param mistake how the list comes short, unless it is filtered by name
 */
export function pageOf<Item extends object>(
  items: Item[],
  query: Record<string, string>,
  fields: (keyof Item & string)[],
  mistake?: ListMistake
): Item[] {
  const conditions = readFilter(query.filter, fields)
  const page = wholeNumber('page', query.page ?? '1', 1, Number.MAX_SAFE_INTEGER)
  const perPage = wholeNumber('perPage', query.perPage ?? String(LIMITS.automationPage), 1, LIMITS.automationMaxPage)
  const found = items.filter((item) => conditions.every((condition) => holds(condition, item)))
  const isByName = conditions.some(({ field }) => field === 'name')
  return mistake === undefined || isByName
    ? cut(found, { page, perPage })
    : LIST_MISTAKES[mistake](found, { page, perPage })
}

function holds<Field extends string>(
  { field, operator, parameters }: Condition<Field>,
  item: Partial<Record<Field, unknown>>
): boolean {
  return OPERATORS[operator](String(item[field]), parameters)
}

function readFilter<Field extends string>(filter: string | undefined, fields: Field[]): Condition<Field>[] {
  if (filter === undefined) return []
  const conditions = jsonOf(filter, 'filter as a JSON array')
  if (!Array.isArray(conditions)) throw new HttpError(400, 'filter must be a JSON array.')
  return conditions.map((condition: unknown) => readCondition(condition, fields))
}

function readCondition<Field extends string>(condition: unknown, fields: Field[]): Condition<Field> {
  const { field: name, operator, parameters }: Record<string, unknown> = isObject(condition) ? condition : {}
  const field = fields.find((one) => one === name)
  if (field === undefined) {
    throw new HttpError(400, `Cannot filter by field '${String(name)}'; try ${fields.join(', ')}.`)
  }
  if (typeof operator !== 'string' || !Object.keys(OPERATORS).includes(operator)) {
    throw new HttpError(400, `Unknown operator '${String(operator)}'; try ${Object.keys(OPERATORS).join(', ')}.`)
  }
  if (!Array.isArray(parameters) || parameters.length === 0) throw new HttpError(400, 'parameters must be an array.')
  return { field, operator, parameters: parameters.map(String) }
}
