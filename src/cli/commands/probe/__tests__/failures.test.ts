import { decodeApiKey } from '../../../../destinations/kameleoon'
import { startEmulator, type Emulator } from '../../../../emulator'
import { probe } from '../probe'
import { isComplete, type Report } from '../report'
import { transportTo } from '../transport'
import { answersOf, closeEmulators, leftAt, NOTHING, probed, probedEmulator } from './probing'

afterEach(closeEmulators)

const asked = ({ questions }: Report): string[] =>
  questions.filter(({ found }) => !found.startsWith('Not asked')).map(({ id }) => id)

describe('a probe of a Kameleoon that fails in the middle', () => {
  const breaks = { status: 503, skip: 30 }

  it('reports the failure and the questions not asked, and leaves nothing behind once Kameleoon answers again', async () => {
    const { report, emulator } = await probed({}, {}, ({ faults }) => faults.add({ ...breaks, times: 5 }))
    expect(report.troubles[0]).toMatch(/answered 503$/)
    expect(isComplete(report)).toBe(false)
    expect(answersOf(report)['map-write']).toMatch(/^seen/)
    expect(answersOf(report)['without-token']).toBe('could not tell: Not asked: the questions before it failed')
    expect(report.cleanUp.map(({ what, state }) => `${what} ${state}`)).toEqual([
      'test goals removed',
      'test maps removed',
      'test visitor removed'
    ])
    expect(emulator.goals.filter(({ isArchived }) => isArchived).length).toBeGreaterThan(0)
    expect(leftAt(emulator)).toEqual(NOTHING)
  })

  it.each(['/goals', '/visit/events', '/map/maps'])(
    'removes also what a request created whose answer was lost: %s',
    async (path) => {
      const lost = { path, method: 'POST', reset: 'after', times: 3 } as const
      const { report, emulator } = await probed({}, {}, ({ faults }) => faults.add(lost))
      expect(report.troubles).toContain(`POST ${path} got no answer: ECONNRESET`)
      expect(leftAt(emulator)).toEqual(NOTHING)
    }
  )

  it('says what is left and what to do when Kameleoon does not answer again', async () => {
    const { report, emulator } = await probed({}, {}, ({ faults }) => faults.add(breaks))
    expect(isComplete(report)).toBe(false)
    const [goals, maps, visitor] = report.cleanUp
    expect(goals).toMatchObject({ what: 'test goals', state: 'left' })
    const names = emulator.goals.filter(({ name }) => name.includes('delete me')).map(({ name }) => name)
    expect(names.filter((name) => !goals.detail.includes(name))).toEqual([])
    expect(maps).toMatchObject({ what: 'test maps', state: 'expires' })
    expect(visitor.detail).toContain('To do by hand: forget the visitor probeabc123')
    expect(emulator.visitors()).toEqual(['probeabc123'])
  })

  it('gets a new token when the one it has expires', async () => {
    const running: { emulator?: Emulator } = {}
    const onProgress = (): void => running.emulator?.expireTokens()
    const { report } = await probed({}, { onProgress }, (emulator) => (running.emulator = emulator))
    expect(report.troubles).toEqual([])
    expect(isComplete(report)).toBe(true)
  })

  it('writes nothing when the credentials are wrong', async () => {
    const { emulator, options } = await probedEmulator({})
    const apiKey = Buffer.from(JSON.stringify({ id: 'somebody', secret: 'else-entirely' })).toString('base64')
    await expect(probe({ ...options, apiKey })).rejects.toThrow(
      'The project could not be read, and nothing was written: POST /oauth/token answered 401'
    )
    expect(emulator.requests.map(({ path }) => path)).toEqual(['/oauth/token'])
  })

  it('writes nothing when nothing listens', async () => {
    const { options } = await probedEmulator({})
    const gone = await startEmulator()
    await gone.close()
    await expect(probe({ ...options, transport: transportTo(gone.url) })).rejects.toThrow(
      'POST /oauth/token got no answer: ECONNREFUSED'
    )
  })
})

describe('a probe that is interrupted', () => {
  it('asks nothing more, cleans up, and says so', async () => {
    const controller = new AbortController()
    const onProgress = (text: string): void => {
      if (text.startsWith('Does Kameleoon drop events')) controller.abort()
    }
    const { report, emulator } = await probed({}, { signal: controller.signal, onProgress })
    expect(asked(report)).toContain('repeated-nonce')
    expect(asked(report)).not.toContain('event-time')
    expect(answersOf(report)['event-time']).toBe('could not tell: Not asked: the run was interrupted')
    expect(isComplete(report)).toBe(false)
    expect(report.cleanUp).toHaveLength(3)
    expect(leftAt(emulator)).toEqual(NOTHING)
  })

  it('stops waiting for what cannot be read yet', async () => {
    const controller = new AbortController()
    const { emulator, options } = await probedEmulator({ eventsVisibleAfterMs: 3_600_000 })
    const wait = (milliseconds: number): Promise<void> => {
      if (milliseconds > 5_000) controller.abort()
      return options.clock.wait(milliseconds)
    }
    const report = await probe({ ...options, signal: controller.signal, clock: { ...options.clock, wait } })
    expect(answersOf(report)['event-visibility']).toBe('could not tell: The run was interrupted')
    expect(leftAt(emulator)).toEqual(NOTHING)
  })
})

describe('the report', () => {
  it('has neither the API key, the client secret nor an access token in it', async () => {
    const secret = 'secret-with/sign+and=more'
    const { report, emulator } = await probed({ clientSecret: secret })
    const tokens = emulator.requests.flatMap(({ headers }) => headers.authorization ?? [])
    const text = JSON.stringify(report)
    expect(decodeApiKey(emulator.apiKey).secret).toBe(secret)
    const secrets = [emulator.apiKey, secret, encodeURIComponent(secret), ...tokens.map((token) => token.slice(7))]
    expect(secrets.filter((one) => one !== 'not-a-token' && text.includes(one))).toEqual([])
  })

  it('shows for every question the requests that answer it, with their status', async () => {
    const { report } = await probed({})
    const without = report.questions.filter(({ requests }) => requests.length === 0).map(({ id }) => id)
    expect(without).toEqual(['retry-after'])
    const statuses = report.questions.flatMap(({ requests }) => requests.map(({ status }) => status))
    expect(statuses.filter((status) => typeof status !== 'number')).toEqual([])
    const nonces = report.questions.find(({ id }) => id === 'repeated-nonce')?.requests ?? []
    expect(nonces[0]).toMatchObject({ token: 'valid', status: 204 })
    expect(nonces[0].body).toBe(nonces[1].body)
  })
})
