import { startEmulator, type Emulator } from '..'
import { call, sendEvents, stillClock } from './call'

describe('GET /visit/visitor', () => {
  const clock = stillClock()
  let emulator: Emulator
  beforeAll(async () => {
    emulator = await startEmulator({ clock: clock.now, goals: [{ id: 9, name: 'Order Completed' }] })
  })
  afterEach(() => emulator.reset())
  afterAll(() => emulator.close())

  const read = (query: string) => call(emulator, `/visit/visitor?siteCode=${emulator.sitecode}&${query}`)
  const page = (nonce: string, href: string) => ({
    eventType: 'PAGE',
    nonce: nonce.repeat(16),
    visitorCode: 'v1',
    href
  })
  const conversion = { eventType: 'CONVERSION', nonce: 'F'.repeat(16), visitorCode: 'v1', goalId: 9, revenue: 2 }

  it('returns the current visit with the requested parts', async () => {
    const at = clock.now()
    const device = { eventType: 'STATICDATA', nonce: 'D'.repeat(16), visitorCode: 'v1', deviceType: 'PHONE' }
    await sendEvents(emulator, [page('A', 'https://x/1'), conversion, device])
    const some = 'visitorCode=v1&maxNumberPreviousVisits=1&currentVisit=true&conversion=true&staticData=true'
    expect((await read(some)).body).toEqual({
      currentVisit: {
        siteCode: emulator.sitecode,
        visitorCode: 'v1',
        timeStarted: at,
        timeLastEvent: at,
        conversionEvents: [{ data: { goalId: 9, revenue: 2 }, time: at }],
        staticDataEvent: { data: { deviceType: 'PHONE' }, time: at }
      },
      previousVisits: []
    })
  })

  it('returns everything with all=true, and the requested maps', async () => {
    await sendEvents(emulator, [page('A', 'https://x/1')])
    const answer = await read('visitorCode=v1&maxNumberPreviousVisits=1&currentVisit=true&all=true&kcs=true')
    expect(answer.body).toMatchObject({
      currentVisit: { pageEvents: [{ data: { href: 'https://x/1' } }], conversionEvents: [], customDataEvents: [] },
      kcs: {}
    })
  })

  it('starts a new visit after half an hour without events and returns the latest visits first', async () => {
    await sendEvents(emulator, [page('A', 'https://x/1')])
    clock.pass(30 * 60_000)
    await sendEvents(emulator, [page('B', 'https://x/2')])
    clock.pass(30 * 60_000 - 1)
    await sendEvents(emulator, [page('C', 'https://x/3')])
    const current = await read('visitorCode=v1&maxNumberPreviousVisits=25&currentVisit=true&page=true')
    expect(current.body).toMatchObject({
      currentVisit: { pageEvents: [{ data: { href: 'https://x/2' } }, { data: { href: 'https://x/3' } }] },
      previousVisits: [{ pageEvents: [{ data: { href: 'https://x/1' } }] }]
    })
    clock.pass(30 * 60_000)
    const later = await read('visitorCode=v1&maxNumberPreviousVisits=1&currentVisit=true&page=true')
    expect(later.body).toMatchObject({ previousVisits: [{ pageEvents: [{}, { data: { href: 'https://x/3' } }] }] })
    expect(later.body).not.toHaveProperty('currentVisit')
  })

  it('returns nothing about an unknown visitor', async () => {
    expect(await read('visitorCode=nobody&maxNumberPreviousVisits=1')).toMatchObject({
      status: 200,
      body: { previousVisits: [] }
    })
  })

  it('returns by a cross-device id what came by it and what its visitors did, but nothing else by a visitor code', async () => {
    const isUser = { index: 6, valuesCountMap: { 'crm-1': 1 }, overwrite: true, mappingIdentifier: true }
    const byUser = { ...page('C', 'https://x/3'), visitorCode: undefined, mappingValue: 'crm-1' }
    await sendEvents(emulator, [
      { eventType: 'CUSTOMDATA', nonce: 'D'.repeat(16), visitorCode: 'v1', ...isUser },
      { eventType: 'CUSTOMDATA', nonce: 'E'.repeat(16), visitorCode: 'v2', ...isUser },
      page('A', 'https://x/1'),
      { ...page('B', 'https://x/2'), visitorCode: 'v2' },
      { ...page('9', 'https://x/9'), visitorCode: 'v3' },
      byUser
    ])
    const parts = 'maxNumberPreviousVisits=1&currentVisit=true&page=true'
    const pagesOf = async (visitor: string): Promise<unknown> => {
      const { currentVisit } = (await read(`${visitor}&${parts}`)).body as { currentVisit: { pageEvents: unknown } }
      return currentVisit.pageEvents
    }
    const at = clock.now()
    const seen = (number: number) => ({ data: { href: `https://x/${number}` }, time: at })
    expect(await pagesOf('mappingValue=crm-1')).toEqual([seen(3), seen(1), seen(2)])
    expect(await pagesOf('visitorCode=v1')).toEqual([seen(1)])
  })

  it('indents the answer on request without changing it', async () => {
    expect((await read('visitorCode=v&maxNumberPreviousVisits=1&prettyPrint=true')).body).toEqual({
      previousVisits: []
    })
  })

  it.each([
    ['no visitor', 'maxNumberPreviousVisits=1', /visitorCode or mappingValue is required/],
    ['no number of visits', 'visitorCode=v1', /maxNumberPreviousVisits must be an integer/],
    ['too many visits', 'visitorCode=v1&maxNumberPreviousVisits=26', /from 0 to 25/],
    ['an unclear filter', 'visitorCode=v1&maxNumberPreviousVisits=1&page=yes', /page must be true or false/]
  ])('says 400 to %s', async (_, query, message) => {
    expect(await read(query)).toMatchObject({
      status: 400,
      body: { message: expect.stringMatching(message) as string }
    })
  })
})

describe('POST /visit/forget', () => {
  let emulator: Emulator
  beforeAll(async () => {
    emulator = await startEmulator()
  })
  afterEach(() => emulator.reset())
  afterAll(() => emulator.close())

  const forget = (body: string, type = 'text/plain') =>
    call(emulator, `/visit/forget?siteCode=${emulator.sitecode}`, {
      method: 'POST',
      headers: { 'content-type': type },
      body
    })
  const activity = (visitorCode: string, nonce: string) => ({
    eventType: 'ACTIVITY',
    nonce: nonce.repeat(16),
    visitorCode
  })

  it('forgets the visitors named, one a line, and no other', async () => {
    await sendEvents(emulator, [activity('a', 'A'), activity('b', 'B'), activity('c', 'C')])
    expect((await forget('a\nc\n', 'text/plain; charset=utf-8')).status).toBe(204)
    expect(emulator.visitors()).toEqual(['b'])
    expect(emulator.visitor('a')).toBeUndefined()
    expect(emulator.forgotten).toEqual(['a', 'c'])
    expect(emulator.discarded).toEqual([])
  })

  it('discards lines that are no visitor codes and forgets the rest', async () => {
    await forget(`a\n\n${'v'.repeat(101)}`)
    expect(emulator.forgotten).toEqual(['a'])
    expect(emulator.discarded).toMatchObject([
      { reason: 'visitor code missing', path: '/visit/forget' },
      { reason: 'visitor code longer than 100 characters' }
    ])
  })

  it('lists a body without any code', async () => {
    await forget('')
    expect(emulator.discarded).toMatchObject([{ reason: 'no visitor code to forget' }])
  })

  it('says 413 above 1 MB', async () => {
    expect(await forget('a\n'.repeat(500_001))).toMatchObject({ status: 413 })
    expect(emulator.forgotten).toEqual([])
  })

  it('says 400 to JSON', async () => {
    const message = "Content-Type must be text/plain, not 'application/json'."
    expect(await forget('["a"]', 'application/json')).toMatchObject({ status: 400, body: { message } })
    expect(emulator.forgotten).toEqual([])
  })
})
