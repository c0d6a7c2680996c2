import { createTestIntegration } from '@segment/actions-core'
import definition from '..'
import { callsTo, kameleoon, SETTINGS, startFromEmpty } from './__helpers__/kameleoon'

interface Choices {
  choices: Array<{ value: string; label: string; description?: string }>
  nextPage?: string
  error?: { code: string; message: string }
}

function choicesOf(action: string, field: string, page?: string, settings: object = SETTINGS): Promise<Choices> {
  const data = { settings, payload: {}, page } as unknown as Parameters<typeof destination.testDynamicField>[2]
  const destination = createTestIntegration(definition)
  return destination.testDynamicField(action, field, data) as Promise<Choices>
}

const GOALS = [
  { id: 7, name: 'Sign Up', type: 'CUSTOM', status: 'ACTIVE' },
  { id: 8, name: 'Old', type: 'CLICK', status: 'INACTIVE' },
  { id: 9, name: 'Plain' },
  { id: 'x', name: 'No number' }
]

const goalsOf = (count: number) => Array.from({ length: count }, (_, index) => ({ id: index, name: `Goal ${index}` }))

beforeEach(startFromEmpty)

describe.each(['logEvent', 'pageEvent'])('the goals that %s offers', (action) => {
  it('are those of the project, by number, with those that are off marked', async () => {
    kameleoon({ 'GET /goals': { body: GOALS } })
    await expect(choicesOf(action, 'goalId')).resolves.toEqual({
      choices: [
        { value: '7', label: 'Sign Up', description: 'Goal 7, CUSTOM' },
        { value: '8', label: 'Old (inactive)', description: 'Goal 8, CLICK' },
        { value: '9', label: 'Plain', description: 'Goal 9' }
      ]
    })
  })
})

describe.each([
  ['logEvent', 'customData'],
  ['logEvent', 'conversionMetadata'],
  ['pageEvent', 'customData'],
  ['pageEvent', 'conversionMetadata'],
  ['identifyEvent', 'customData'],
  ['groupEvent', 'customData']
])('the keys that %s offers for %s', (action, field) => {
  it('are the custom data of the project, by index and not by id', async () => {
    const calls = kameleoon({
      'GET /custom-datas': {
        body: [
          { id: 501, index: 3, name: 'Subscribed Plan' },
          { id: 502, name: 'No index' }
        ]
      }
    })
    await expect(choicesOf(action, `${field}.__keys__`)).resolves.toEqual({
      choices: [{ value: '3', label: 'Subscribed Plan', description: 'Index 3' }]
    })
    const [list] = callsTo(calls, 'GET /custom-datas')
    expect(JSON.parse(list.query.filter)).toEqual([{ field: 'siteId', operator: 'EQUAL', parameters: [17] }])
  })
})

describe('a long list', () => {
  it('has a next page as long as pages are full', async () => {
    const calls = kameleoon({ 'GET /goals': ({ query }) => ({ body: goalsOf(query.page === '3' ? 12 : 200) }) })
    await expect(choicesOf('logEvent', 'goalId')).resolves.toMatchObject({ nextPage: '2' })
    await expect(choicesOf('logEvent', 'goalId', '2')).resolves.toMatchObject({ nextPage: '3' })
    const last = await choicesOf('logEvent', 'goalId', '3')
    expect(last.choices).toHaveLength(12)
    expect(last.nextPage).toBeUndefined()
    expect(callsTo(calls, 'GET /goals').map(({ query }) => query.page)).toEqual(['1', '2', '3'])
  })

  it('may have pages of 50, the least that Kameleoon gives', async () => {
    kameleoon({ 'GET /goals': { body: goalsOf(50) } })
    await expect(choicesOf('logEvent', 'goalId')).resolves.toMatchObject({ nextPage: '2' })
  })

  it.each(['0', '-1', 'next', ''])('starts at its first page for the page %j', async (page) => {
    const calls = kameleoon()
    await choicesOf('logEvent', 'goalId', page)
    expect(callsTo(calls, 'GET /goals').map(({ query }) => query.page)).toEqual(['1'])
  })

  it('of 2,000 goals with long names is read to its end', async () => {
    const body = goalsOf(200).map((goal) => ({ ...goal, description: 'é'.repeat(2000) }))
    kameleoon({ 'GET /goals': { body } })
    expect((await choicesOf('logEvent', 'goalId')).choices).toHaveLength(200)
  })
})

describe('a list that cannot be read', () => {
  it.each([
    ['credentials are rejected', { 'POST /oauth/token': { status: 401 } }, '401', /^Kameleoon rejected the API Key/],
    ['the project is not found', { 'GET /sites': { body: [] } }, '404', /^Sitecode abc123def4 was not found/],
    ['the key has no right to it', { 'GET /goals': { status: 403 } }, '503', /The API key has no access to this/],
    ['Kameleoon is busy', { 'GET /goals': { status: 429 } }, '429', /^Kameleoon answered 429 to GET \/goals/],
    ['Kameleoon is down', { 'GET /goals': { status: 500 } }, '500', /^Kameleoon answered 500 to GET \/goals/],
    ['the answer is no list', { 'GET /goals': { body: {} } }, '502', /has no list$/]
  ])('because %s says so in words and is never thrown', async (_case, answers, code, message) => {
    kameleoon(answers)
    const { choices, error } = await choicesOf('logEvent', 'goalId')
    expect(choices).toEqual([])
    expect(error?.code).toBe(code)
    expect(error?.message).toMatch(message)
    expect(error?.message).not.toMatch(/fake-(id|secret|token)/)
  })

  it.each([
    ['an API key that does not decode', { apiKey: 'fake key!' }, '401', /^API Key is not base64/],
    ['a site code that cannot be one', { sitecode: 'ABC' }, '400', /^Sitecode must be 10/],
    ['settings that are not filled in yet', { apiKey: undefined, sitecode: undefined }, /^4/, /Sitecode|API Key/]
  ])('because of %s says so in words and sends nothing', async (_case, changed, code, message) => {
    const calls = kameleoon()
    const { choices, error } = await choicesOf('logEvent', 'goalId', undefined, { ...SETTINGS, ...changed })
    expect(choices).toEqual([])
    expect(error?.code).toMatch(code)
    expect(error?.message).toMatch(message)
    expect(calls).toEqual([])
  })
})
