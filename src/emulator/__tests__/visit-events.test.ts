import { startEmulator, type Emulator } from '..'
import { call, sendEvents, stillClock } from './call'

const clock = stillClock()
let emulator: Emulator
beforeAll(async () => {
  emulator = await startEmulator({
    clock: clock.now,
    goals: [
      { id: 9, name: 'Order Completed' },
      { id: 10, name: 'Old', isArchived: true, type: 'CLICK' },
      { id: 11, name: 'Paused', status: 'INACTIVE' }
    ],
    customData: [
      { index: 3, name: 'Plan' },
      { index: 7, name: 'Secret', isLocalOnly: true },
      { index: 8, name: 'User ID', isMappingIdentifier: true }
    ]
  })
})
afterEach(() => emulator.reset())
afterAll(() => emulator.close())

let counter = 0
const nonce = () => (++counter).toString(16).padStart(16, '0').toUpperCase()
const event = (eventType: string, fields: object = {}) => ({ eventType, nonce: nonce(), visitorCode: 'v1', ...fields })
const conversion = (fields: object = {}) => event('CONVERSION', { goalId: 9, ...fields })
const customData = (fields: object = {}) =>
  event('CUSTOMDATA', { index: 3, valuesCountMap: { gold: 1 }, overwrite: true, ...fields })
const sendLines = (body: string, query = '') =>
  call(emulator, `/visit/events?siteCode=${emulator.sitecode}${query}`, {
    method: 'POST',
    headers: { 'content-type': '*/*' },
    body
  })

describe('visit events as a JSON array', () => {
  it('stores what every event says under its visitor', async () => {
    const answer = await sendEvents(emulator, [
      conversion({ revenue: 12.5, negative: true, metadata: { 3: ['gold'] } }),
      event('PAGE', { href: 'https://shop.example.com/', title: 'Shop', referrersIndices: [1, 2] }),
      customData(),
      event('STATICDATA', { deviceType: 'PHONE', browserVersion: 12 }),
      event('GEOLOCATION', { country: 'France', latitude: 48.8 }),
      conversion({ visitorCode: 'v2' })
    ])
    expect(answer).toMatchObject({ status: 204, body: undefined })
    expect(emulator.discarded).toEqual([])
    expect(emulator.visitors()).toEqual(['v1', 'v2'])
    const at = clock.now()
    expect(emulator.visitor('v1')).toMatchObject({
      visitorCode: 'v1',
      conversions: [
        { goalId: 9, goalName: 'Order Completed', revenue: 12.5, negative: true, metadata: { 3: ['gold'] }, at }
      ],
      pages: [{ href: 'https://shop.example.com/', title: 'Shop', referrersIndices: [1, 2], at }],
      customData: { 3: { index: 3, name: 'Plan', valuesCountMap: { gold: 1 } } },
      staticData: { deviceType: 'PHONE', browserVersion: 12 },
      geolocation: { country: 'France', latitude: 48.8 }
    })
    expect(emulator.visitor('v1')?.events).toHaveLength(5)
    expect(emulator.totals.events).toEqual({ CONVERSION: 2, PAGE: 1, CUSTOMDATA: 1, STATICDATA: 1, GEOLOCATION: 1 })
  })

  it('takes many values that are long together, and conversions of inactive goals', async () => {
    const values = { ['a'.repeat(1000)]: 1, ['b'.repeat(1000)]: 1 }
    await sendEvents(emulator, [customData({ valuesCountMap: values }), conversion({ goalId: 11 })])
    expect(emulator.discarded).toEqual([])
    expect(emulator.visitor('v1')?.events).toHaveLength(2)
  })

  it('takes the visitor code of the query for every event', async () => {
    await sendEvents(emulator, [conversion(), conversion({ visitorCode: undefined })], '&visitorCode=q1')
    expect(emulator.visitors()).toEqual(['q1'])
    expect(emulator.visitor('q1')?.conversions).toHaveLength(2)
  })

  it('takes a mapping value in place of a visitor code', async () => {
    await sendEvents(emulator, [event('ACTIVITY', { visitorCode: undefined, mappingValue: 'crm-1' })])
    expect(emulator.visitors()).toEqual(['crm-1'])
  })

  it('discards an event with a mapping value where no custom data is the cross-device id', async () => {
    const plain = await startEmulator({ customData: [{ index: 3, name: 'Plan' }] })
    await sendEvents(plain, [event('ACTIVITY', { visitorCode: undefined, mappingValue: 'crm-1' })])
    expect(plain.visitors()).toEqual([])
    expect(plain.discarded).toMatchObject([
      { reason: 'this project has no custom data for a cross-device id', field: 'mappingValue', value: 'crm-1' }
    ])
    await plain.close()
  })

  it('replaces the values of custom data, or adds to them', async () => {
    await sendEvents(emulator, [customData(), customData({ overwrite: false, valuesCountMap: { gold: 2, new: 1 } })])
    expect(emulator.visitor('v1')?.customData[3].valuesCountMap).toEqual({ gold: 3, new: 1 })
    await sendEvents(emulator, [customData({ valuesCountMap: { silver: 1 } })])
    expect(emulator.visitor('v1')?.customData[3].valuesCountMap).toEqual({ silver: 1 })
  })

  it('keeps the user agent of the body when bodyUa says it is there', async () => {
    await sendEvents(emulator, [conversion({ userAgent: 'Mozilla/5.0 (X11)' })], '&bodyUa=true')
    expect(emulator.visitor('v1')?.userAgent).toBe('Mozilla/5.0 (X11)')
    expect(emulator.discarded).toEqual([])
  })

  it('drops only the user agent when bodyUa is missing', async () => {
    await sendEvents(emulator, [conversion({ userAgent: 'Mozilla/5.0 (X11)' })])
    expect(emulator.visitor('v1')).not.toHaveProperty('userAgent')
    expect(emulator.visitor('v1')?.conversions).toHaveLength(1)
    expect(emulator.discarded).toMatchObject([{ reason: 'userAgent without bodyUa=true', field: 'userAgent' }])
  })

  it('cuts long page texts as Kameleoon does and lists that', async () => {
    await sendEvents(emulator, [event('PAGE', { href: `https://x/${'a'.repeat(200)}` })])
    expect(emulator.visitor('v1')?.pages[0].href).toHaveLength(200)
    expect(emulator.discarded).toMatchObject([{ reason: 'cut to 200 characters', field: 'href' }])
  })

  it.each(['customData', 'CUSTOMDATA', 'CustomData'])('knows the event type %s', async (eventType) => {
    await sendEvents(emulator, [customData({ eventType })])
    expect(emulator.visitor('v1')?.events).toMatchObject([{ eventType: 'CUSTOMDATA', index: 3 }])
  })

  it.each([
    ['an unknown event type', () => event('PURCHASE'), 'unknown event type', 'eventType'],
    ['no event type', () => ({ nonce: nonce(), visitorCode: 'v1' }), 'unknown event type', 'eventType'],
    ['an unknown field', () => conversion({ value: 1 }), 'unknown field of CONVERSION', 'value'],
    ['a missing field', () => event('CONVERSION'), 'missing field of CONVERSION', 'goalId'],
    ['text for a number', () => conversion({ goalId: '9' }), 'wrong kind, expected an integer', 'goalId'],
    ['a negative revenue', () => conversion({ revenue: -1 }), /finite number of at least 0/, 'revenue'],
    ['text for a boolean', () => conversion({ negative: 'true' }), 'wrong kind, expected true or false', 'negative'],
    ['metadata of plain values', () => conversion({ metadata: { 3: 'gold' } }), /array of texts/, 'metadata'],
    ['metadata by name', () => conversion({ metadata: { Plan: ['gold'] } }), /array of texts/, 'metadata'],
    ['metadata of nobody', () => conversion({ metadata: { 44: ['x'] } }), /index unknown/, 'metadata'],
    ['an unknown goal', () => conversion({ goalId: 8 }), 'goal unknown in this project', 'goalId'],
    ['an unknown index', () => customData({ index: 4 }), 'custom data index unknown in this project', 'index'],
    [
      'a cross-device id in other custom data',
      () => customData({ mappingIdentifier: true }),
      'custom data is not the cross-device id of this project',
      'index'
    ],
    ['local custom data', () => customData({ index: 7 }), 'custom data is kept in the browser only', 'index'],
    [
      'a list of values',
      () => customData({ valuesCountMap: ['gold'] }),
      /object of value to a count/,
      'valuesCountMap'
    ],
    ['a count of none', () => customData({ valuesCountMap: { gold: 0 } }), /count of at least 1/, 'valuesCountMap'],
    [
      'no values and no overwrite',
      () => customData({ valuesCountMap: {}, overwrite: false }),
      'no values, and no overwrite',
      'valuesCountMap'
    ],
    [
      'a long value',
      () => customData({ valuesCountMap: { ['a'.repeat(1001)]: 1, b: 1 } }),
      /longer than 1000/,
      'valuesCountMap'
    ],
    ['an archived goal', () => conversion({ goalId: 10 }), "goal 'Old' is archived", 'goalId'],
    ['an unknown device', () => event('STATICDATA', { deviceType: 'phone' }), /PHONE, TABLET/, 'deviceType'],
    ['a page without address', () => event('PAGE', { title: 'Shop' }), 'missing field of PAGE', 'href'],
    ['a short nonce', () => conversion({ nonce: 'ABC' }), 'nonce is not 16 hexadecimal digits', 'nonce'],
    ['no nonce', () => conversion({ nonce: undefined }), 'nonce is not 16 hexadecimal digits', 'nonce'],
    ['no visitor', () => conversion({ visitorCode: undefined }), 'visitor code missing', 'visitorCode'],
    ['a long visitor', () => conversion({ visitorCode: 'v'.repeat(101) }), /longer than 100/, 'visitorCode'],
    ['a visitor of two lines', () => conversion({ visitorCode: 'a\nb' }), /line break/, 'visitorCode'],
    ['a user agent object', () => conversion({ userAgent: {} }), 'wrong kind, expected text', 'userAgent']
  ])('accepts and then discards an event with %s', async (_, broken, reason, field) => {
    const answer = await sendEvents(emulator, [broken(), conversion({ visitorCode: 'good' })])
    expect(answer.status).toBe(204)
    expect(emulator.discarded).toHaveLength(1)
    expect(emulator.discarded[0]).toMatchObject({ path: '/visit/events', field, at: clock.now() })
    expect(emulator.discarded[0].reason).toMatch(reason)
    expect(emulator.visitors()).toEqual(['good'])
  })

  it('accepts and then discards what is no object', async () => {
    expect((await sendEvents(emulator, ['PAGE', null])).status).toBe(204)
    expect(emulator.discarded.map(({ reason }) => reason)).toEqual(Array(2).fill('event is not an object'))
  })
})

describe('nonces', () => {
  it('stores an event once, however often it comes, and counts it', async () => {
    const repeated = conversion()
    await sendEvents(emulator, [repeated, repeated])
    await sendEvents(emulator, [{ ...repeated, nonce: repeated.nonce.toLowerCase() }])
    expect(emulator.visitor('v1')?.conversions).toHaveLength(1)
    expect(emulator.duplicates).toEqual([{ nonce: repeated.nonce, count: 3 }])
    expect(emulator.totals).toMatchObject({ duplicates: 2, events: { CONVERSION: 1 } })
    expect(emulator.discarded).toEqual([])
  })

  it('takes a retry for the same event when only the user agent moved to another one', async () => {
    const repeated = conversion()
    await sendEvents(emulator, [{ ...repeated, userAgent: 'Mozilla/5.0 (X11)' }], '&bodyUa=true')
    await sendEvents(emulator, [repeated])
    expect(emulator.duplicates).toEqual([{ nonce: repeated.nonce, count: 2 }])
  })

  it('throws another event with the same nonce away', async () => {
    const first = conversion({ revenue: 1 })
    await sendEvents(emulator, [first, { ...first, revenue: 2 }])
    expect(emulator.visitor('v1')?.conversions).toMatchObject([{ revenue: 1 }])
    expect(emulator.discarded).toMatchObject([{ reason: 'nonce of another event', value: first.nonce }])
    expect(emulator.duplicates).toEqual([])
  })
})

describe('visit events line by line', () => {
  it('reads the lines that Kameleoon’s own SDK sends', async () => {
    await sendLines(
      [
        'eventType=customData&index=3&valuesCountMap=%7B%22x%20y%22%3A1%7D&overwrite=true&nonce=FFD66711577817B0&visitorCode=v1',
        'eventType=conversion&goalId=9&revenue=1.5&negative=false&metadata=%7B%223%22%3A%5B%22m%22%5D%7D&nonce=B6DE25E13EED17D1&visitorCode=v1',
        'eventType=page&href=https%3A%2F%2Fx%2F%3Fa%3D1&title=12&referrersIndices=[1,2]&nonce=B6DE25E13EED17D2&visitorCode=v1',
        ''
      ].join('\n')
    )
    expect(emulator.discarded).toEqual([])
    expect(emulator.visitor('v1')).toMatchObject({
      customData: { 3: { valuesCountMap: { 'x y': 1 } } },
      conversions: [{ goalId: 9, revenue: 1.5, negative: false, metadata: { 3: ['m'] } }],
      pages: [{ href: 'https://x/?a=1', title: '12', referrersIndices: [1, 2] }]
    })
  })

  it('takes everything behind &userAgent= to the end of the line', async () => {
    const agent = 'Mozilla/5.0 (X11; a=b&c=d; 100%) Safari'
    await sendLines(`eventType=activity&nonce=${nonce()}&visitorCode=v1&userAgent=${agent}`, '&bodyUa=true')
    expect(emulator.visitor('v1')?.userAgent).toBe(agent)
    expect(emulator.discarded).toEqual([])
  })

  it.each([
    ['broken percent-encoding', 'eventType=page&href=%E0%A4%A', 'line with broken percent-encoding'],
    ['a JSON body that came without json=true', '[{"eventType":"PAGE"}]', 'unknown event type'],
    [
      'text for a number',
      'eventType=conversion&goalId=nine&nonce=B6DE25E13EED17D1&visitorCode=v',
      /expected an integer/
    ]
  ])('discards a line with %s', async (_, line, reason) => {
    expect((await sendLines(line)).status).toBe(204)
    expect(emulator.discarded).toHaveLength(1)
    expect(emulator.discarded[0].reason).toMatch(reason)
    expect(emulator.visitors()).toEqual([])
  })
})

describe('requests for visit events that are rejected at once', () => {
  const post = (query: string, body: string) => call(emulator, `/visit/events?${query}`, { method: 'POST', body })

  it.each([
    ['no site code', 'json=true', '[]', 'The query parameter siteCode is required.'],
    ['another site code', 'siteCode=other00000&json=true', '[]', "Site code 'other00000' is unknown."],
    ['an unclear form', 'siteCode=emulated01&json=1', '[]', "json must be true or false, not '1'."]
  ])('says 400 to %s', async (_, query, body, message) => {
    expect(await post(query, body)).toMatchObject({ status: 400, body: { message } })
    expect(emulator.discarded).toEqual([])
  })

  it('says 413 above 3 MB, and takes exactly 3 MB', async () => {
    const page = JSON.stringify(event('PAGE', { href: 'https://x/' }))
    const exact = `[${page}${' '.repeat(3_000_000 - page.length - 2)}]`
    expect((await post('siteCode=emulated01&json=true', exact)).status).toBe(204)
    expect(await post('siteCode=emulated01&json=true', `${exact} `)).toMatchObject({
      status: 413,
      body: { message: 'The body has 3000001 bytes; at most 3000000 are allowed.' }
    })
    expect(emulator.totals.events).toEqual({ PAGE: 1 })
  })
})

describe('the option content: reject', () => {
  it('says 400 with the reason when any event is of no use, and accepts none', async () => {
    const strict = await startEmulator({ content: 'reject', goals: [{ id: 9, name: 'Order Completed' }] })
    try {
      const good = conversion()
      expect(await sendEvents(strict, [good, conversion({ goalId: 8 })])).toMatchObject({
        status: 400,
        body: { message: 'event 1: goal unknown in this project (goalId)' }
      })
      expect([strict.visitors(), strict.discarded]).toEqual([[], []])
      expect(await sendEvents(strict, [good, { ...good, revenue: 3 }])).toMatchObject({
        status: 400,
        body: { message: 'event 1: nonce of another event (nonce)' }
      })
      expect((await sendEvents(strict, [good])).status).toBe(204)
      expect((await sendEvents(strict, [good])).status).toBe(204)
      expect(strict.visitor('v1')?.conversions).toHaveLength(1)
      expect(strict.duplicates).toEqual([{ nonce: good.nonce, count: 2 }])
    } finally {
      await strict.close()
    }
  })
})
