import { USER_AGENT } from '../destinations/kameleoon/kameleoon-api/connection'
import { group, identify, page, screen, track } from './events'
import { FORMS, startKameleoon, type Kameleoon } from './kameleoon'

const NONCE = expect.stringMatching(/^[0-9A-F]{16}$/) as string
const WEB = { userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/139.0' }

function sentTo(kameleoon: Kameleoon, path: string) {
  const requests = kameleoon.requests(path)
  expect(requests).toHaveLength(1)
  const [{ host, query, headers, body }] = requests
  return { host, query, headers, body: JSON.parse(body) as unknown }
}

const HEADERS = expect.objectContaining({
  'user-agent': USER_AGENT,
  'content-type': 'application/json',
  authorization: expect.stringMatching(/^Bearer [\w-]+\.[\w-]+\.[\w-]+$/) as string
}) as object

describe.each(FORMS)('what Kameleoon receives, $form', ({ deliver }) => {
  it('exchanges the API key for a token, in the body and once', async () => {
    const kameleoon = await startKameleoon()
    await deliver(kameleoon, track('Order Completed'))

    const [token, ...others] = kameleoon.requests('/oauth/token')
    expect(others).toEqual([])
    expect(token).toMatchObject({ method: 'POST', host: 'api.kameleoon.com', query: {} })
    expect(token.headers['content-type']).toBe('application/x-www-form-urlencoded;charset=UTF-8')
    expect(token.headers['authorization']).toBeUndefined()
    expect(Object.fromEntries(new URLSearchParams(token.body))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'emulator-client-not-real',
      client_secret: 'emulator-secret-not-real'
    })
  })

  it('sends a track call as the conversion of the goal of its name', async () => {
    const kameleoon = await startKameleoon()
    const outcome = await deliver(kameleoon, track('Order Completed', { revenue: 49.9 }, { context: WEB }))

    const conversion = {
      eventType: 'CONVERSION',
      goalId: 310_001,
      revenue: 49.9,
      negative: false,
      nonce: NONCE,
      visitorCode: 'visitor1',
      userAgent: WEB.userAgent
    }
    expect(sentTo(kameleoon, '/visit/events')).toEqual({
      host: 'eu-data.kameleoon.io',
      query: { siteCode: 'emulated01', json: 'true', bodyUa: 'true' },
      headers: HEADERS,
      body: [conversion]
    })
    expect(outcome).toEqual({
      status: 200,
      sent: { visitEvents: [conversion] },
      body: { answers: [{ operation: 'POST /visit/events', status: 204 }] }
    })
    expect(kameleoon.emulator.visitor('visitor1')?.conversions).toMatchObject([
      { goalName: 'Order Completed', revenue: 49.9, negative: false, metadata: {} }
    ])
  })

  it('sends a screen call as the conversion of a goal that it creates', async () => {
    const kameleoon = await startKameleoon()
    const outcome = await deliver(kameleoon, screen('Basket'))

    const [creation] = kameleoon.requests('/goals')
    expect(creation).toMatchObject({ host: 'api.kameleoon.com', status: 201, query: {} })
    expect(creation.headers).toEqual(HEADERS)
    expect(JSON.parse(creation.body)).toEqual({
      name: 'SegmentIO screen - Basket',
      siteId: 24_001,
      type: 'CUSTOM',
      hasMultipleConversions: true,
      status: 'ACTIVE'
    })
    const goal = kameleoon.emulator.goals.find(({ name }) => name === 'SegmentIO screen - Basket')
    expect(outcome).toMatchObject({ status: 200, sent: { visitEvents: [{ goalId: goal?.id }] } })
    expect(kameleoon.visitEvents()).toEqual([
      { eventType: 'CONVERSION', goalId: goal?.id, revenue: 0, negative: false, nonce: NONCE, visitorCode: 'visitor1' }
    ])
  })

  it('sends a named page call as the page and the conversion of its goal', async () => {
    const kameleoon = await startKameleoon()
    const properties = { url: 'https://shop.example.com/pricing', title: 'Pricing' }
    const outcome = await deliver(kameleoon, page('Pricing', properties, { context: WEB }))

    const events = [
      {
        eventType: 'PAGE',
        href: 'https://shop.example.com/pricing',
        title: 'Pricing',
        nonce: NONCE,
        visitorCode: 'visitor1',
        userAgent: WEB.userAgent
      },
      {
        eventType: 'CONVERSION',
        goalId: 310_004,
        revenue: 0,
        negative: false,
        nonce: NONCE,
        visitorCode: 'visitor1'
      }
    ]
    expect(sentTo(kameleoon, '/visit/events')).toEqual({
      host: 'eu-data.kameleoon.io',
      query: { siteCode: 'emulated01', json: 'true', bodyUa: 'true' },
      headers: HEADERS,
      body: events
    })
    expect(outcome).toEqual({
      status: 200,
      sent: { visitEvents: events },
      body: { answers: [{ operation: 'POST /visit/events', status: 204 }] }
    })
  })

  it('stores an identify call as traits under the visitor code', async () => {
    const kameleoon = await startKameleoon()
    const outcome = await deliver(kameleoon, identify({ plan: 'gold', age: 42, address: { city: 'Nice' } }))

    const maps = { IDENTIFY_visitor1: { plan: 'gold', age: 42, address: { city: 'Nice' } } }
    expect(sentTo(kameleoon, '/map/maps')).toEqual({
      host: 'eu-data.kameleoon.io',
      query: { siteCode: 'emulated01', ttlHours: '2208' },
      headers: HEADERS,
      body: maps
    })
    expect(outcome).toEqual({
      status: 200,
      sent: { maps },
      body: { answers: [{ operation: 'POST /map/maps', status: 204 }] }
    })
    expect(kameleoon.allStored()).toEqual(maps)
  })

  it('reads what is stored before it writes', async () => {
    const kameleoon = await startKameleoon()
    await deliver(kameleoon, identify({ plan: 'gold' }))

    const [read, ...others] = kameleoon.requests('/map/maps', 'GET')
    expect(others).toEqual([])
    expect(read).toMatchObject({
      host: 'eu-data.kameleoon.io',
      query: { siteCode: 'emulated01', keys: '["IDENTIFY_visitor1"]' },
      body: '',
      headers: HEADERS_OF_A_READ
    })
  })

  it('stores a group call as its id and traits beside those of the visitor', async () => {
    const kameleoon = await startKameleoon()
    const outcome = await deliver(kameleoon, group('acme', { industry: 'shoes' }), { ttlHours: 24 })

    const maps = { IDENTIFY_visitor1: { groupId: 'acme', group: { industry: 'shoes' } } }
    expect(sentTo(kameleoon, '/map/maps')).toEqual({
      host: 'eu-data.kameleoon.io',
      query: { siteCode: 'emulated01', ttlHours: '24' },
      headers: HEADERS,
      body: maps
    })
    expect(outcome).toMatchObject({ status: 200, sent: { maps } })
  })
})

const HEADERS_OF_A_READ = { 'user-agent': USER_AGENT, authorization: expect.stringMatching(/^Bearer \S+$/) as string }

it.each([
  ['EU', 'eu-data.kameleoon.io'],
  ['NA', 'na-data.kameleoon.io'],
  ['EU_DOT_EU', 'eu-data.kameleoon.eu'],
  ['NA_DOT_EU', 'na-data.kameleoon.eu']
])('sends the data of region %s to %s', async (dataRegion, dataHost) => {
  const kameleoon = await startKameleoon({ dataHost })
  kameleoon.settings = { ...kameleoon.settings, dataRegion }

  expect(await kameleoon.single(track('Order Completed'))).toMatchObject({ status: 200 })
  expect(await kameleoon.single(identify({ plan: 'gold' }))).toMatchObject({ status: 200 })
  const hosts = kameleoon.emulator.requests.filter(({ path }) => /^\/(visit|map)\//.test(path)).map(({ host }) => host)
  expect(new Set(hosts)).toEqual(new Set([dataHost]))
})
