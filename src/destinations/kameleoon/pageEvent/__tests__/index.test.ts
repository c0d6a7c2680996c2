import {
  bodiesTo,
  callsTo,
  errorFrom,
  kameleoon,
  operationsOf,
  sentEvents,
  startFromEmpty
} from '../../__tests__/__helpers__/kameleoon'
import { runBatch, runOne } from '../../__tests__/__helpers__/segment'
import type { SourceEvent } from '../../__tests__/__helpers__/segment'

const EVENTS = 'POST /visit/events'
const PRICING = { 'GET /goals': { body: [{ id: 7, name: 'Pricing', status: 'ACTIVE' }] } }

const page: SourceEvent = {
  type: 'page',
  event: undefined,
  name: 'Pricing',
  messageId: 'fake-message-1',
  timestamp: '2026-01-31T12:00:00.000Z',
  userId: 'user-1',
  properties: { kameleoonVisitorCode: 'visitor-1', url: 'https://shop.example/pricing', title: 'Pricing | Shop' },
  context: { userAgent: 'Mozilla/5.0 (fake)' }
}

const nonce = expect.stringMatching(/^[0-9A-F]{16}$/) as string
const view = {
  eventType: 'PAGE',
  href: 'https://shop.example/pricing',
  title: 'Pricing | Shop',
  nonce,
  visitorCode: 'visitor-1',
  userAgent: 'Mozilla/5.0 (fake)'
}
const conversion = { eventType: 'CONVERSION', goalId: 7, revenue: 0, negative: false, nonce, visitorCode: 'visitor-1' }

const run = (event: SourceEvent, mapping = {}) => runOne('pageEvent', event, mapping)

beforeEach(startFromEmpty)

describe('a page call', () => {
  it('with a name is a page view and the conversion of its goal, in one request', async () => {
    const calls = kameleoon(PRICING)
    const data = await run(page)
    expect(callsTo(calls, EVENTS)).toMatchObject([{ query: { siteCode: 'abc123def4', json: 'true', bodyUa: 'true' } }])
    expect(sentEvents(calls)).toEqual([view, conversion])
    expect(data).toEqual({
      status: 200,
      sent: { visitEvents: [view, conversion] },
      body: { answers: [{ operation: EVENTS, status: 204 }] }
    })
  })

  it('is the same alone and in a batch', async () => {
    const calls = kameleoon(PRICING)
    await run(page)
    const outcomes = await runBatch([page], { partnerAction: 'pageEvent' })
    const [alone, inBatch] = callsTo(calls, EVENTS)
    expect(inBatch).toEqual(alone)
    expect(outcomes).toMatchObject([{ status: 200, sent: { visitEvents: [view, conversion] } }])
  })

  it.each([undefined, '', '  '])(
    'without a name (%j) is a page view alone, and no goal is looked for',
    async (name) => {
      const calls = kameleoon()
      await run({ ...page, name })
      expect(sentEvents(calls)).toEqual([view])
      expect(operationsOf(calls)).toEqual(['POST /oauth/token', EVENTS])
    }
  )

  it('without an address is only its conversion', async () => {
    const calls = kameleoon(PRICING)
    await run({ ...page, properties: { kameleoonVisitorCode: 'visitor-1' } })
    expect(sentEvents(calls)).toEqual([{ ...conversion, userAgent: 'Mozilla/5.0 (fake)' }])
  })

  it('takes the address from the context if the properties have none', async () => {
    const calls = kameleoon(PRICING)
    const context = { page: { url: 'https://shop.example/context', title: 'Context' } }
    await run({ ...page, properties: {}, context })
    expect(sentEvents(calls)[0]).toMatchObject({ href: 'https://shop.example/context', title: 'Context' })
  })

  it('converts a goal that is created under the name of the integration', async () => {
    const calls = kameleoon()
    await run(page)
    expect(bodiesTo(calls, 'POST /goals')).toMatchObject([{ name: 'SegmentIO page - Pricing', type: 'CUSTOM' }])
    expect(sentEvents(calls)[1]).toMatchObject({ goalId: 900 })
  })

  it('without a name converts the goal that the mapping chose', async () => {
    const calls = kameleoon()
    await run({ ...page, name: undefined }, { goalId: '42' })
    expect(sentEvents(calls)[1]).toEqual({ ...conversion, goalId: 42 })
  })

  it('is only a page view if the mapping wants no goal', async () => {
    const calls = kameleoon()
    await run(page, { goalMatching: 'none' })
    expect(sentEvents(calls)).toEqual([view])
  })

  it('is only a page view if its goal does not exist and may not be created', async () => {
    const calls = kameleoon()
    await run(page, { goalMatching: 'match only' })
    expect(sentEvents(calls)).toEqual([view])
    expect(operationsOf(calls)).not.toContain('POST /goals')
  })

  it('sends custom data and device data of the mapping', async () => {
    const calls = kameleoon(PRICING)
    await run(
      { ...page, context: { locale: 'fr-FR' } },
      { customData: { '5': 'gold' }, conversionMetadata: { '4': 'EUR' }, sendDeviceData: true }
    )
    expect(sentEvents(calls)).toMatchObject([
      { eventType: 'PAGE' },
      { eventType: 'CONVERSION', metadata: { '4': ['EUR'] } },
      { eventType: 'CUSTOMDATA', index: 5, valuesCountMap: { gold: 1 } },
      { eventType: 'STATICDATA', localeLanguageTag: 'fr-FR' }
    ])
    expect(new Set(sentEvents(calls).map((event) => event.nonce)).size).toBe(4)
  })

  it('needs no message id', async () => {
    const calls = kameleoon(PRICING)
    await run(page, { messageId: undefined })
    expect(sentEvents(calls)).toEqual([view, conversion])
  })

  it('with nothing to send is filtered with a reason', async () => {
    const calls = kameleoon()
    await expect(run({ ...page, name: undefined, properties: {} }, { visitorFallback: 'user id' })).resolves.toEqual({
      status: 200,
      sent: {},
      body: {
        filtered: 'The page call has no address, no name and no custom data, so there is nothing to send.'
      }
    })
    expect(calls).toEqual([])
  })

  it.each(['type', 'timestamp'])('without %s is rejected, and the error names that field', async (field) => {
    kameleoon()
    const error = await errorFrom(() => run(page, { [field]: undefined }))
    expect(error.message).toBe(`The root value is missing the required field '${field}'.`)
  })

  it('without a visitor is rejected alone', async () => {
    const calls = kameleoon(PRICING)
    const outcomes = await runBatch([{ ...page, userId: undefined, properties: {} }, page], {
      partnerAction: 'pageEvent'
    })
    expect(outcomes.map(({ status }) => status)).toEqual([400, 200])
    expect(outcomes[0]).toMatchObject({ errortype: 'PAYLOAD_VALIDATION_FAILED' })
    expect(outcomes[0].errormessage).toMatch(/^kameleoonVisitorCode is missing\./)
    expect(sentEvents(calls)).toEqual([view, conversion])
  })
})
