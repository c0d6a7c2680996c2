import { closeEmulators, doctorAt, emulated } from './run-doctor'

afterEach(closeEmulators)

/** A project of which nothing is to say. */
const HEALTHY = {
  customData: [
    { index: 1, name: 'Plan' },
    { index: 2, name: 'User', isMappingIdentifier: true }
  ]
}

it('a healthy project has no trouble, and nothing is written to it', async () => {
  const emulator = await emulated(HEALTHY)
  const { code, lines, subjects } = await doctorAt(emulator)
  expect(code).toBe(0)
  expect(subjects('ok')).toEqual(lines.map(({ subject }) => subject))
  expect(new Set(emulator.requests.map(({ method, path }) => `${method} ${path}`))).toEqual(
    new Set([
      `GET /v3/${emulator.sitecode}`,
      'POST /oauth/token',
      'GET /map/maps',
      'GET /sites',
      'GET /goals',
      'GET /custom-datas'
    ])
  )
  expect(emulator.discarded).toEqual([])
})

describe('an API key', () => {
  it('that does not decode is a trouble, and nothing is sent', async () => {
    const emulator = await emulated()
    const { code, about, subjects } = await doctorAt(emulator, { KAMELEOON_API_KEY: 'hush-hush!' })
    expect(code).toBe(1)
    expect(about('API key')).toEqual([
      {
        state: 'trouble',
        subject: 'API key',
        seen: 'API Key is not base64.',
        whatToDo: 'Copy it again from Kameleoon: My profile > API credentials.'
      }
    ])
    expect(subjects('unknown')).toEqual(expect.arrayContaining(['token', 'site', 'goals', 'custom data']))
    expect(emulator.requests).toEqual([])
  })

  it('that Kameleoon rejects is a trouble', async () => {
    const emulator = await emulated(HEALTHY)
    const wrong = Buffer.from('{"id": "somebody-else", "secret": "hush-hush-secret"}').toString('base64')
    const { code, about } = await doctorAt(emulator, { KAMELEOON_API_KEY: wrong })
    expect(code).toBe(1)
    expect(about('API key')[0].state).toBe('ok')
    expect(about('token')).toEqual([
      {
        state: 'trouble',
        subject: 'token',
        seen: 'Kameleoon rejected the API Key: the client id or secret is wrong or has been revoked.',
        whatToDo: 'Create a new one in Kameleoon: My profile > API credentials.'
      }
    ])
    expect(about('goals')[0].seen).toBe('Not looked at, since there is no access token.')
    expect(about('region')[0].state).toBe('ok')
  })

  it('without the right to read goals is a trouble of goals and of the presets that need them', async () => {
    const emulator = await emulated(HEALTHY)
    emulator.faults.add({ path: '/goals', status: 403, body: { message: 'No right to see goals' } })
    const { code, about } = await doctorAt(emulator)
    expect(code).toBe(1)
    expect(about('goals')).toMatchObject([
      {
        state: 'trouble',
        seen: 'Kameleoon answered 403 to GET /goals: No right to see goals.',
        whatToDo: 'Give the API key the right to read goals, in Kameleoon: My profile > API credentials.'
      }
    ])
    expect(about('presets')).toMatchObject([
      {
        state: 'trouble',
        seen: 'Track Calls, Page Calls, Screen Calls, Journeys Step Entered: they would not work, since goals cannot be read.'
      },
      { state: 'ok', seen: expect.stringMatching(/^Group Calls, Identify Calls, Audience Entered/) as string }
    ])
  })
})

describe('a site code', () => {
  it('of no project of the account is a trouble', async () => {
    const { code, about } = await doctorAt(await emulated(), { KAMELEOON_SITECODE: 'abc123def4' })
    expect(code).toBe(1)
    expect(about('site')).toEqual([
      {
        state: 'trouble',
        subject: 'site',
        seen: 'Sitecode abc123def4 was not found for this Kameleoon account.',
        whatToDo:
          "Copy it from the project's page in Kameleoon, and check that the API key belongs to the same account."
      }
    ])
    expect(about('region')).toMatchObject([{ state: 'unknown', seen: expect.stringContaining('404') as string }])
  })

  it('that cannot be one is a trouble', async () => {
    const { about } = await doctorAt(await emulated(), { KAMELEOON_SITECODE: 'Shop' })
    expect(about('settings')).toMatchObject([
      { state: 'trouble', seen: 'Sitecode must be 10 lower-case letters and digits, such as abc123def4.' }
    ])
  })
})

describe('the region', () => {
  it('is a trouble if Kameleoon keeps the project in another one', async () => {
    const { code, about } = await doctorAt(await emulated({ ...HEALTHY, dataHost: 'na-data.kameleoon.io' }))
    expect(code).toBe(1)
    expect(about('region')).toEqual([
      {
        state: 'trouble',
        subject: 'region',
        seen: 'Kameleoon keeps this project at na-data.kameleoon.io, but events would go to eu-data.kameleoon.io, so none would arrive.',
        whatToDo: 'Choose this Data Region in the settings; for this command, set KAMELEOON_DATA_REGION=NA.'
      }
    ])
    expect(about('Data API')).toMatchObject([
      { state: 'unknown', seen: 'eu-data.kameleoon.io answered 404 to a read.' }
    ])
    expect(about('presets')).toMatchObject([{ state: 'trouble' }])
  })

  it('that the trouble names works', async () => {
    const emulator = await emulated({ ...HEALTHY, dataHost: 'na-data.kameleoon.io' })
    const { code, about } = await doctorAt(emulator, { KAMELEOON_DATA_REGION: 'NA' })
    expect(code).toBe(0)
    expect([about('region')[0].state, about('Data API')[0].state]).toEqual(['ok', 'ok'])
  })

  it.each([
    ['warning', 'eu-data.kameleoon.eu', /the same region on another domain/, /KAMELEOON_DATA_REGION=EU_DOT_EU/],
    ['warning', 'xy-data.kameleoon.io', /at xy-data\.kameleoon\.io, but/, /does not know xy-data\.kameleoon\.io/],
    ['unknown', 'data.kameleoon.io', /publishes no region/, /Check in Kameleoon/]
  ])('is a %s if Kameleoon names %s', async (state, dataApiDomain, seen, whatToDo) => {
    const { code, about } = await doctorAt(await emulated({ ...HEALTHY, dataApiDomain }))
    expect(code).toBe(0)
    expect(about('region')).toMatchObject([
      { state, seen: expect.stringMatching(seen) as string, whatToDo: expect.stringMatching(whatToDo) as string }
    ])
  })

  it('is unknown if Kameleoon publishes nothing about the project', async () => {
    const emulator = await emulated(HEALTHY)
    emulator.faults.add({ host: 'sdk-config.kameleoon.eu', status: 503 })
    const { code, about } = await doctorAt(emulator)
    expect(code).toBe(0)
    expect(about('region')).toMatchObject([{ state: 'unknown', whatToDo: expect.stringContaining('Check') as string }])
    expect(about('mapping identifier')).toMatchObject([{ state: 'unknown' }])
  })
})

describe('custom data', () => {
  it('that a project has none of is a warning', async () => {
    const { code, about } = await doctorAt(await emulated({ customData: [] }))
    expect(code).toBe(0)
    expect(about('custom data')).toMatchObject([
      {
        state: 'warning',
        seen: 'The project has no custom data.',
        whatToDo: expect.stringContaining('create custom data in Kameleoon') as string
      }
    ])
  })

  it('without a mapping identifier, or with two, is a warning', async () => {
    const none = await doctorAt(await emulated({ customData: [{ index: 1, name: 'Plan' }] }))
    expect(none.about('mapping identifier')).toMatchObject([
      {
        state: 'warning',
        seen: 'No custom data of the project is set to join the devices of a visitor.',
        whatToDo: expect.stringContaining('set one custom data in Kameleoon as the unique identifier') as string
      }
    ])
    const two = await doctorAt(
      await emulated({
        customData: [
          { index: 1, name: 'Mail', isMappingIdentifier: true },
          { index: 2, name: 'User', isMappingIdentifier: true }
        ]
      })
    )
    expect(two.about('mapping identifier')).toMatchObject([
      { state: 'warning', seen: '2 custom data are set to join devices: 1 "Mail", 2 "User". Kameleoon expects one.' }
    ])
  })

  it('that stays in the browser is a warning', async () => {
    const customData = [...HEALTHY.customData, { index: 7, name: 'Cart', isLocalOnly: true }]
    const { about } = await doctorAt(await emulated({ customData }))
    expect(about('local custom data')).toMatchObject([
      { state: 'warning', seen: 'Set to stay in the browser: 7 "Cart".' }
    ])
  })
})

it.each([
  [-5, 'warning', 0, 'It is 5 min ahead of'],
  [5, 'warning', 0, 'It is 5 min behind'],
  [-90, 'trouble', 1, 'It is 90 min ahead of'],
  [90, 'trouble', 1, 'It is 90 min behind']
])('a clock of Kameleoon that is %s minutes away is a %s', async (minutes, state, exitCode, seen) => {
  const clock = () => Date.now() + minutes * 60_000
  const { code, about } = await doctorAt(await emulated({ ...HEALTHY, clock }))
  expect(code).toBe(exitCode)
  expect(about('clock')).toMatchObject([
    {
      state,
      seen: expect.stringContaining(`${seen} Kameleoon's`) as string,
      whatToDo: 'Set the clock of this machine, by NTP for example.'
    }
  ])
})

it('a Data API that does not answer is a trouble', async () => {
  const emulator = await emulated(HEALTHY)
  emulator.faults.add({ path: '/map/maps', reset: 'before' })
  const { code, about } = await doctorAt(emulator)
  expect(code).toBe(1)
  expect(about('Data API')).toMatchObject([
    {
      state: 'trouble',
      seen: expect.stringMatching(/^The connection to Kameleoon failed during GET \/map\/maps/) as string
    }
  ])
  expect(about('presets')).toMatchObject([{ seen: expect.stringContaining('the Data API does not answer') as string }])
})
