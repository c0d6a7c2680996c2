import { createTestEvent, defaultValues, Destination } from '@segment/actions-core'
import type { SegmentEvent, StatsContext } from '@segment/actions-core'
import nock from 'nock'
import definition from '..'
import { kameleoon, SETTINGS, startFromEmpty } from './__helpers__/kameleoon'
import type { Answers } from './__helpers__/kameleoon'

const [EVENTS, REQUESTS] = ['actions_kameleoon.events', 'actions_kameleoon.requests']

/** An order of a visitor, one without a visitor, and one that is too old. */
const BATCH = [
  { event: 'Order Completed', properties: { kameleoonVisitorCode: 'ada-visitor' } },
  { event: 'Order Completed', userId: null, anonymousId: 'ada-anonymous', properties: {} },
  {
    event: 'Order Completed',
    timestamp: '2020-01-01T00:00:00.000Z',
    properties: { kameleoonVisitorCode: 'ada-visitor' }
  }
]

async function statuses(events: object[], statsContext: StatsContext | undefined): Promise<number[]> {
  const fields = { goalId: '12', maxEventAgeHours: 24, visitorFallback: 'reject' }
  const mapping = { ...defaultValues(definition.actions.logEvent.fields), ...fields }
  const subscription = { partnerAction: 'logEvent', subscribe: 'type = "track"', mapping }
  const results = await new Destination(definition).onBatch(
    events.map((event) => createTestEvent(event as Partial<SegmentEvent>)),
    { ...SETTINGS, subscription },
    { statsContext }
  )
  return (results[0] as unknown as { multistatus: Array<{ status: number }> }).multistatus.map(({ status }) => status)
}

/** What this destination counts; the framework counts too. */
async function counted(answers: Record<string, Answers> = {}): Promise<Array<[string, number, string[]]>> {
  kameleoon(answers)
  const incr = jest.fn()
  const stats = { statsClient: { incr }, tags: ['env:test'] } as unknown as StatsContext
  await statuses(BATCH, stats)
  return (incr.mock.calls as Array<[string, number, string[]]>).filter(([name]) =>
    name.startsWith('actions_kameleoon.')
  )
}

/** The tags of the destination, which come after those of the host and the framework. */
const own = (tags: string[]) => tags.filter((tag) => /^(outcome|status|operation):/.test(tag))

beforeEach(startFromEmpty)

describe('the counters of a host', () => {
  it('get the events by outcome', async () => {
    const events = (await counted()).filter(([name]) => name === EVENTS)
    expect(events.map(([, count, tags]) => [count, ...own(tags)])).toEqual([
      [1, 'outcome:delivered'],
      [1, 'outcome:rejected', 'status:400'],
      [1, 'outcome:filtered']
    ])
  })

  it('get what is retryable apart from what is not', async () => {
    const events = (await counted({ 'POST /visit/events': { status: 429 } })).filter(([name]) => name === EVENTS)
    expect(events.map(([, , tags]) => own(tags))).toContainEqual(['outcome:retryable', 'status:429'])
  })

  it('get the requests by operation and status, those for tokens too', async () => {
    const requests = (await counted({ 'POST /visit/events': { status: 503 } })).filter(([name]) => name === REQUESTS)
    expect(requests.map(([, count, tags]) => [count, ...own(tags)])).toEqual([
      [1, 'operation:post_oauth_token', 'status:200'],
      [1, 'operation:post_visit_events', 'status:503']
    ])
  })

  it('keep the tags of the host', async () => {
    for (const [, , tags] of await counted()) expect(tags).toContain('env:test')
  })

  it('get nothing of a person, a project or a key', async () => {
    const all = JSON.stringify(await counted())
    expect(all).not.toMatch(/ada|abc123def4|fake-(id|secret|token)|kameleoon\.(io|com)|Order/)
  })

  it('never harm an event, not even if they throw', async () => {
    kameleoon()
    const throwing = (name: string) => {
      if (name.startsWith('actions_kameleoon.')) throw new Error('statistics are down')
    }
    const stats = { statsClient: { incr: throwing }, tags: [] } as unknown as StatsContext
    expect(await statuses(BATCH, stats)).toEqual([200, 400, 200])
  })

  it.each([[undefined], [{}], [{ statsClient: undefined }]])('may be missing: %j', async (stats) => {
    kameleoon()
    expect(await statuses(BATCH, stats as unknown as StatsContext)).toEqual([200, 400, 200])
  })

  it('count a request without an answer', async () => {
    kameleoon()
    nock.cleanAll()
    nock('https://api.kameleoon.com').post('/oauth/token').replyWithError({ code: 'ECONNRESET' })
    const incr = jest.fn()
    await statuses(BATCH, { statsClient: { incr }, tags: [] } as unknown as StatsContext)
    const tags = (incr.mock.calls as Array<[string, number, string[]]>).map(([, , all]) => own(all))
    expect(tags).toContainEqual(['operation:post_oauth_token', 'status:none'])
  })
})
