import { group, identify, track } from './events'
import { FORMS } from './forms'
import { startKameleoon } from './kameleoon'

describe.each(FORMS)('what is seldom seen, $form', ({ deliver }) => {
  // A leap second of another zone the framework itself takes for no time.
  it.each(['2016-12-31T23:59:60Z', '2016-12-31T23:59:60.500Z', '2016-12-31T23:59:60+00:00'])(
    'is delivered: a leap second, %s',
    async (timestamp) => {
      const kameleoon = await startKameleoon()
      expect(await deliver(kameleoon, track('Order Completed', {}, { timestamp }))).toMatchObject({ status: 200 })
      expect(await deliver(kameleoon, identify({ plan: 'gold' }, { timestamp }))).toMatchObject({ status: 200 })
      expect(kameleoon.emulator.totals.events).toEqual({ CONVERSION: 1 })
      expect(kameleoon.allStored()).toEqual({ IDENTIFY_visitor1: { plan: 'gold' } })
    }
  )

  it('is too old, not without a time: a leap second under a limit of age', async () => {
    const kameleoon = await startKameleoon()
    const event = track('Order Completed', {}, { timestamp: '2016-12-31T23:59:60Z' })
    expect(await deliver(kameleoon, event, { maxEventAgeHours: 24 })).toMatchObject({
      status: 200,
      body: { filtered: 'The event is older than 24 hours, the limit set in the mapping.' }
    })
  })

  it.each([
    ['a trait', identify({ ['k'.repeat(500_000)]: 1 })],
    ['a trait of a trait', identify({ a: { ['k'.repeat(500_000)]: { b: '\ud83d' } } })],
    ['a group trait', group('acme', { ['k'.repeat(500_000)]: '\ud83d' })]
  ])('is rejected in few words: %s whose name has 500,000 characters', async (_what, event) => {
    const kameleoon = await startKameleoon()
    const { status, errormessage = '' } = await deliver(kameleoon, event)
    expect(status).toBe(400)
    expect(errormessage).toMatch(/^traits\.\S+… \w/)
    expect(errormessage.length).toBeLessThan(200)
    expect(kameleoon.allStored()).toEqual({})
  })

  it('is sent: custom data on an identifier call', async () => {
    const kameleoon = await startKameleoon()
    const event = track('Kameleoon identifier', { k_visitorCode: 'visitor1' }, { userId: 'user1' })
    expect(await deliver(kameleoon, event, { customData: { '1': 'gold' } })).toMatchObject({
      status: 200,
      sent: {
        visitEvents: [{ eventType: 'CUSTOMDATA', index: 1, valuesCountMap: { gold: 1 } }],
        maps: { LINK_user1: { kameleoonVisitorCode: 'visitor1' } }
      }
    })
    expect(kameleoon.emulator.totals.events).toEqual({ CUSTOMDATA: 1 })
    expect(kameleoon.stored('LINK_user1')).toEqual({ kameleoonVisitorCode: 'visitor1' })
  })

  it.each([
    ['Experiment Viewed', 'EXPERIMENT'],
    ['Personalization Viewed', 'PERSONALIZATION']
  ])('is sent: %s, if the mapping makes an event of it', async (name, visitEventType) => {
    const kameleoon = await startKameleoon()
    const mapping = {
      visitEventType,
      visitEventParameters: {
        id: { '@path': '$.properties.experimentId' },
        variationId: { '@path': '$.properties.variationId' }
      }
    }
    const event = track(name, { experimentId: 12, variationId: 34 })
    const sent = { visitEvents: [{ eventType: visitEventType, id: 12, variationId: 34, visitorCode: 'visitor1' }] }
    expect(await deliver(kameleoon, event, mapping)).toMatchObject({ status: 200, sent })
    expect(kameleoon.emulator.totals.events).toEqual({ [visitEventType]: 1 })
  })
})
