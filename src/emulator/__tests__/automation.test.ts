import { startEmulator, type Emulator, type Goal } from '..'
import { authorization, call } from './call'

describe('the Automation API', () => {
  let emulator: Emulator
  let headers: Record<string, string>
  beforeAll(async () => {
    emulator = await startEmulator({ rateLimits: false, goals: [{ name: 'Order Completed' }, { name: 'Signup' }] })
  })
  beforeEach(async () => {
    emulator.reset()
    headers = { ...(await authorization(emulator)), 'content-type': 'application/json' }
  })
  afterAll(() => emulator.close())

  const get = (path: string) => call(emulator, path, { host: 'api.kameleoon.com', headers })
  const filter = (...conditions: [field: string, operator: string, ...parameters: unknown[]][]) =>
    encodeURIComponent(
      JSON.stringify(conditions.map(([field, operator, ...parameters]) => ({ field, operator, parameters })))
    )
  const names = (body: unknown) => (body as Goal[]).map((goal) => goal.name)
  const post = (body: unknown) =>
    call(emulator, '/goals', { method: 'POST', host: 'api.kameleoon.com', headers, body: JSON.stringify(body) })
  const siteId = () => emulator.goals[0].siteId

  it.each(['/sites', '/goals', '/custom-datas'])('says 401 without a token on %s', async (path) => {
    const answer = await call(emulator, path, { host: 'api.kameleoon.com' })
    expect(answer).toMatchObject({ status: 401, body: { message: expect.stringContaining('Bearer') as string } })
  })

  it('finds the site by its code, among the sites of the account', async () => {
    const all = await get('/sites')
    expect(all.body).toHaveLength(2)
    const found = await get(`/sites?filter=${filter(['code', 'EQUAL', emulator.sitecode])}`)
    expect(found.body).toEqual([expect.objectContaining({ id: siteId(), code: emulator.sitecode })])
    expect((await get(`/sites?filter=${filter(['code', 'EQUAL', 'nobody0000'])}`)).body).toEqual([])
    expect((await get(`/sites?filter=${filter(['id', 'IN', siteId(), 1])}`)).body).toEqual(found.body)
  })

  it('filters goals by site and by name', async () => {
    emulator.addGoal({ name: 'Elsewhere', siteId: 1 })
    expect(names((await get('/goals')).body)).toEqual(['Order Completed', 'Signup', 'Elsewhere'])
    expect(names((await get(`/goals?filter=${filter(['siteId', 'EQUAL', siteId()])}`)).body)).not.toContain('Elsewhere')
    expect(names((await get(`/goals?filter=${filter(['name', 'NOT_EQUAL', 'Signup'])}`)).body)).not.toContain('Signup')
    const both = filter(['siteId', 'EQUAL', siteId()], ['name', 'IN', 'Signup', 'Elsewhere'])
    expect(names((await get(`/goals?filter=${both}`)).body)).toEqual(['Signup'])
  })

  it('answers lists page by page, fifty by default', async () => {
    for (let count = 0; count < 60; count++) emulator.addGoal({ name: `goal ${count}` })
    const first = await get('/goals')
    const second = await get('/goals?page=2')
    expect([names(first.body).length, names(second.body).length]).toEqual([50, 12])
    expect(new Set([...names(first.body), ...names(second.body)]).size).toBe(62)
    expect((await get('/goals?page=3')).body).toEqual([])
    expect(names((await get('/goals?perPage=200')).body)).toHaveLength(62)
  })

  it.each([
    ['a page of none', 'page=0', /page must be an integer from 1/],
    ['a page of more than 200', 'perPage=201', /perPage must be an integer from 1 to 200/],
    ['a filter that is not JSON', 'filter=name', /not JSON/],
    ['a filter that is not an array', 'filter={}', /JSON array/],
    ['an unknown field', `filter=${encodeURIComponent('[{"field":"colour"}]')}`, /field 'colour'/],
    ['an unknown operator', `filter=${encodeURIComponent('[{"field":"name","operator":"LIKE"}]')}`, /operator 'LIKE'/]
  ])('says 400 to %s', async (_, query, message) => {
    const answer = await get(`/goals?${query}`)
    expect(answer).toMatchObject({ status: 400, body: { message: expect.stringMatching(message) as string } })
  })

  it('lists the custom data of the project with their indices', async () => {
    emulator.addCustomData({ index: 9, name: 'Loyalty', type: 'LIST' })
    const answer = await get(`/custom-datas?filter=${filter(['name', 'EQUAL', 'Loyalty'])}`)
    expect(answer.body).toEqual([
      expect.objectContaining({ index: 9, name: 'Loyalty', type: 'LIST', siteId: siteId(), isLocalOnly: false })
    ])
    expect(emulator.customData).toHaveLength(7)
  })

  it('creates a custom goal and lists it from then on', async () => {
    const goal = { name: 'New', siteId: siteId(), type: 'CUSTOM', hasMultipleConversions: true, status: 'ACTIVE' }
    const answer = await post(goal)
    expect(answer).toMatchObject({ status: 201, body: { ...goal, id: expect.any(Number) as number } })
    expect(emulator.goals[2]).toEqual(answer.body)
    expect((await get(`/goals?filter=${filter(['name', 'EQUAL', 'New'])}`)).body).toEqual([answer.body])
    expect(emulator.discarded).toEqual([])
  })

  it('lists a second goal of the same name as a mistake', async () => {
    await post({ name: 'Signup', siteId: siteId(), type: 'CUSTOM', hasMultipleConversions: true })
    expect(emulator.discarded).toMatchObject([{ reason: 'a goal of this name exists already', value: 'Signup' }])
  })

  it.each([
    ['an empty name', { name: ' ' }, "'name' must be a text that is not empty."],
    ['another type', { type: 'CLICK' }, "'type' must be CUSTOM."],
    ['an unknown field', { colour: 'red' }, "Unknown field 'colour'."],
    ['a field every object has', { constructor: 1 }, "Unknown field 'constructor'."],
    ['a site of nobody', { siteId: 5 }, 'There is no site 5.'],
    ['a missing decision', { hasMultipleConversions: undefined }, "'hasMultipleConversions' must be a boolean."],
    ['an unknown status', { status: 'PAUSED' }, "'status' must be ACTIVE or INACTIVE."]
  ])('says 400 to a goal with %s and creates none', async (_, change, message) => {
    const goal = { name: 'New', siteId: siteId(), type: 'CUSTOM', hasMultipleConversions: true, ...change }
    expect(await post(goal)).toMatchObject({ status: 400, body: { message } })
    expect(emulator.goals).toHaveLength(2)
  })

  it('lists query parameters that have no effect', async () => {
    await get('/goals?per_page=200')
    expect(emulator.discarded).toMatchObject([{ reason: 'query parameter without effect', field: 'per_page' }])
  })

  it('goes back to the goals it started with on reset', async () => {
    await post({ name: 'New', siteId: siteId(), type: 'CUSTOM', hasMultipleConversions: true })
    emulator.reset()
    expect(names(emulator.goals)).toEqual(['Order Completed', 'Signup'])
  })
})
