import { likeReport } from '../../../../emulator'
import type { Report } from '../report'
import { EMULATORS, USUAL } from './emulators'
import { answersOf, closeEmulators, leftAt, modesOf, NOTHING, probed, type Probed } from './probing'

afterAll(closeEmulators)

describe.each(Object.entries(EMULATORS))('an emulator %s', (_name, { modes, maps }) => {
  let run: Probed
  beforeAll(async () => {
    run = await probed(modes)
  })

  it('is found to have exactly its modes', () => {
    expect(modesOf(run.report)).toEqual({ ...USUAL, ...modes })
    expect(run.report.troubles).toEqual([])
  })

  it('keeps nothing of the run but maps that cannot be emptied, for an hour', () => {
    const { report, emulator } = run
    expect(report.cleanUp.map(({ what, state }) => [what, state])).toEqual([
      ['test goals', 'removed'],
      ['test maps', maps],
      ['test visitor', 'removed']
    ])
    const left = leftAt(emulator)
    expect(maps === 'removed' ? left : { ...left, maps: {} }).toEqual(NOTHING)
    const lives = Object.values(emulator.maps()).map(({ writtenAt, expiresAt }) => expiresAt - writtenAt)
    expect(lives.filter((life) => life !== 3_600_000)).toEqual([])
  })

  it('gives the same report as an emulator that is like its report', async () => {
    const saved: unknown = JSON.parse(JSON.stringify(run.report))
    const { report: again } = await probed(likeReport(saved))
    expect(again).toEqual<Report>(run.report)
  })

  it('is asked slowly, and at most 75 times', () => {
    const times = run.emulator.requests.map(({ at }) => at)
    expect(run.report.requestCount).toBe(times.length)
    expect(times.length).toBeLessThanOrEqual(75)
    expect(Math.min(...times.slice(1).map((time, index) => time - times[index]))).toBeGreaterThanOrEqual(333)
  })
})

describe('the probe', () => {
  it('makes 30 to 60 requests to an emulator without options', async () => {
    const { report } = await probed({})
    expect(report.requestCount).toBeGreaterThanOrEqual(30)
    expect(report.requestCount).toBeLessThanOrEqual(60)
  })

  it('names goals that cannot be archived, and cannot tell what archived goals do', async () => {
    const { report, emulator } = await probed({ archiving: 'reject' })
    expect(answersOf(report)['archived-goal']).toBe(
      'could not tell: The goal could not be archived: PATCH /goals/{id} answered 403'
    )
    expect(modesOf(report).archiving).toBe('reject')
    const [goals] = report.cleanUp
    expect(goals).toMatchObject({ what: 'test goals', state: 'left' })
    const left = emulator.goals.filter(({ name }) => name.includes('delete me'))
    expect(left.map(({ id }) => goals.detail.includes(String(id)))).toEqual([true, true, true])
  })

  it('finds Retry-After when a request happens to be answered with 429', async () => {
    const limits = { path: '/map/map', status: 429, retryAfter: 7, times: 1 }
    const { report } = await probed({}, {}, (emulator) => emulator.faults.add(limits))
    expect(answersOf(report)['retry-after']).toBe('seen: A request was answered with 429 and Retry-After: 7')
    expect(answersOf(report)['unknown-key']).toBe('could not tell: GET /map/map answered 429')
    expect(likeReport(report).retryAfterSeconds).toBe(7)
  })

  it('says when 429 comes without Retry-After', async () => {
    const { report } = await probed({}, {}, ({ faults }) => faults.add({ path: '/map/map', status: 429, times: 1 }))
    expect(answersOf(report)['retry-after']).toBe('not seen: A request was answered with 429, without the header')
  })

  it('tells the kinds of what a known user has stored, without names, values and the user', async () => {
    const { report } = await probed({}, { knownUser: 'u-7731' }, async (emulator) => {
      const maps = {
        IDENTIFY_u: { tier: 'platinum' },
        'IDENTIFY_u-7731': { tier: 'platinum', age: 4 },
        'COHORTS_u-7731': { vips: ['x'] }
      }
      await fetch(`${emulator.url}/map/maps?siteCode=${emulator.sitecode}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'user-agent': 'MyCustomUserAgent/1.0' },
        body: JSON.stringify(maps)
      })
    })
    expect(answersOf(report)['stored-forms']).toContain(
      'not seen: Text, number, true, list and object come back as they were written. Of the known user, IDENTIFY_ has a value of type number, a value of type string; COHORTS_ has an array'
    )
    expect(JSON.stringify(report)).not.toMatch(/u-7731|platinum|tier|vips/)
  })

  it('sees nothing of events at an account that may not read visitors', async () => {
    const { report, emulator } = await probed({}, {}, ({ faults }) =>
      faults.add({ path: '/visit/visitor', status: 403 })
    )
    expect(answersOf(report)['repeated-nonce']).toBe('could not tell: The events of the test visitor could not be read')
    expect(answersOf(report)['event-visibility']).toContain('the account may lack Feature Experimentation')
    expect(answersOf(report)['map-write']).toMatch(/^seen/)
    expect(leftAt(emulator)).toEqual(NOTHING)
  })
})
