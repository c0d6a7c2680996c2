import { closedPort } from '../../../__tests__/sockets'
import { closeEmulators, doctor, doctorAt, emulated } from './run-doctor'

afterEach(closeEmulators)

describe('without credentials', () => {
  it('it looks at an emulator inside this process, and says so', async () => {
    const { code, printed } = await doctor()
    expect(code).toBe(0)
    expect(printed).toContain('Looking at an emulator of Kameleoon inside this process. Nothing is written.')
    expect(printed.replace(/\s+/g, ' ')).toContain('are not set, so this says nothing about a project of yours')
    expect(printed).toMatch(/^ok {7}region .* Kameleoon keeps this project at eu-data\.kameleoon\.io/m)
  })

  it('it looks at the region of the environment', async () => {
    const { about } = await doctor(['--json'], { KAMELEOON_DATA_REGION: 'NA_DOT_EU' })
    expect(about('region')).toMatchObject([
      { state: 'ok', seen: expect.stringContaining('at na-data.kameleoon.eu') as string }
    ])
  })

  it('it looks at a running emulator with the credentials that such a one has', async () => {
    const emulator = await emulated({ clientId: undefined, clientSecret: undefined })
    const { code, printed } = await doctor(['--emulator', emulator.url])
    expect(code).toBe(0)
    expect(printed.replace(/\s+/g, ' ')).toContain(`Looking at the emulator at ${emulator.url}, project emulated01.`)
  })
})

describe('the report', () => {
  it('names each trouble with what to do under it, and counts the states', async () => {
    const emulator = await emulated({ goals: [], dataHost: 'na-data.kameleoon.io' })
    const env = { KAMELEOON_API_KEY: emulator.apiKey, KAMELEOON_SITECODE: emulator.sitecode }
    const { code, printed } = await doctor(['--emulator', emulator.url], env)
    expect(code).toBe(1)
    const words = printed.replace(/\s+/g, ' ')
    expect(words).toContain('trouble region Kameleoon keeps this project at na-data.kameleoon.io')
    expect(words).toContain('> Choose this Data Region in the settings')
    expect(printed).toMatch(/\n2 troubles, 1 warning, 1 unknown\.\n$/)
    for (const line of printed.split('\n')) expect(line.length).toBeLessThanOrEqual(140)
  })

  it('is JSON for scripts', async () => {
    const emulator = await emulated({ customData: [] })
    const { code, printed, lines } = await doctorAt(emulator)
    expect(code).toBe(0)
    expect(JSON.parse(printed)).toEqual({
      examined: `the emulator at ${emulator.url}, project ${emulator.sitecode}`,
      note: '',
      counts: { ok: lines.length - 2, warning: 2, trouble: 0, unknown: 0 },
      exitCode: 0,
      lines
    })
  })

  it('has no secret, whatever Kameleoon answers', async () => {
    const emulator = await emulated()
    for (const path of ['/goals', '/custom-datas', '/map/maps']) {
      const message = `${emulator.apiKey} and hush-hush-secret`
      emulator.faults.add({ path, status: 403, body: { message } })
    }
    const { printed, about } = await doctorAt(emulator)
    expect(about('goals')[0].seen).toContain('<redacted> and <redacted>')
    expect(printed).not.toContain('hush-hush-secret')
    expect(printed).not.toContain(emulator.apiKey)
  })

  it('has no control characters of names', async () => {
    const emulator = await emulated({ customData: [{ index: 1, name: 'Plan\u001b[2J' }] })
    const env = { KAMELEOON_API_KEY: emulator.apiKey, KAMELEOON_SITECODE: emulator.sitecode }
    const { printed } = await doctor(['--emulator', emulator.url], env)
    expect(printed).toContain('1 "Plan [2J"')
  })
})

describe('wrong usage ends with 2', () => {
  it.each<[string, string[], Record<string, string>, RegExp]>([
    ['an incomplete environment', [], { KAMELEOON_SITECODE: 'abc123def4' }, /KAMELEOON_API_KEY is not: set both/],
    ['an unknown region', [], { KAMELEOON_DATA_REGION: 'APAC' }, /it can be EU, NA/],
    ['an address that is none', ['--emulator', 'kameleoon.example'], {}, /It must be an address such as/],
    ['an unknown option', ['--fix'], {}, /unknown option '--fix'/]
  ])('for %s', async (_what, args, env, message) => {
    const { code, printed, said } = await doctor(args, env)
    expect([code, printed]).toEqual([2, ''])
    expect(said).toMatch(message)
  })

  it('where no emulator listens', async () => {
    const port = await closedPort()
    const { code, said } = await doctor(['--emulator', `http://127.0.0.1:${port}`])
    expect(code).toBe(2)
    expect(said).toContain(`Nothing listens at http://127.0.0.1:${port}.`)
  })
})
