import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import { identify, track } from './events'
import { FORMS, startKameleoon } from './kameleoon'

const KEY = 'order_completed_last_30days'

function engage(computationClass: string, key = KEY) {
  return { context: { personas: { computation_class: computationClass, computation_key: key } } }
}

function entered(event: string, isMember: boolean, fields: Partial<SegmentEvent> = {}): SegmentEvent {
  return track(event, { audience_key: KEY, [KEY]: isMember }, { ...engage('audience'), ...fields })
}

const MODES = ['merge', 'replace'] as const
const FORMS_AND_MODES = FORMS.flatMap((form) => MODES.map((mapWrites) => ({ ...form, mapWrites })))

describe.each(FORMS_AND_MODES)('an audience, $form, where Kameleoon would $mapWrites', ({ deliver, mapWrites }) => {
  it('is a field of COHORTS_ while the user is in it, and no goal', async () => {
    const kameleoon = await startKameleoon({ mapWrites })
    const outcome = await deliver(kameleoon, entered('Audience Entered', true, { userId: 'user1' }))
    const maps = { COHORTS_visitor1: { [KEY]: true }, COHORTS_user1: { [KEY]: true } }
    expect(outcome).toEqual({
      status: 200,
      sent: { maps },
      body: { answers: [{ operation: 'POST /map/maps', status: 204 }] }
    })
    expect(kameleoon.allStored()).toEqual(maps)
    expect(kameleoon.requests('/goals', 'GET')).toEqual([])
    expect(kameleoon.visitEvents()).toEqual([])
  })

  it('is gone from COHORTS_ when the user leaves it, beside others that stay', async () => {
    const kameleoon = await startKameleoon({ mapWrites })
    await deliver(kameleoon, track('Audience Entered', { audience_key: 'vip', vip: true }, engage('audience', 'vip')))
    await deliver(kameleoon, entered('Audience Entered', true))
    await deliver(kameleoon, entered('Audience Exited', false))
    expect(kameleoon.allStored()).toEqual({ COHORTS_visitor1: { vip: true } })
  })

  it('is understood without a context, by audience_key', async () => {
    const kameleoon = await startKameleoon({ mapWrites })
    await deliver(kameleoon, track('Audience Entered', { audience_key: 'vip' }))
    expect(kameleoon.allStored()).toEqual({ COHORTS_visitor1: { vip: true } })
    await deliver(kameleoon, track('Audience Exited', { audience_key: 'vip' }))
    expect(kameleoon.allStored()).toEqual({})
  })

  it('in an identify call changes COHORTS_ and stores the trait', async () => {
    const kameleoon = await startKameleoon({ mapWrites })
    await deliver(kameleoon, identify({ [KEY]: true }, engage('audience')))
    expect(kameleoon.allStored()).toEqual({ IDENTIFY_visitor1: { [KEY]: true }, COHORTS_visitor1: { [KEY]: true } })
    await deliver(kameleoon, identify({ [KEY]: false }, engage('audience')))
    expect(kameleoon.allStored()).toEqual({ IDENTIFY_visitor1: { [KEY]: false } })
  })

  it('that is a journey step counts the same', async () => {
    const kameleoon = await startKameleoon({ mapWrites })
    await deliver(kameleoon, track('Journeys Step Entered', { step_1: true }, engage('journey_step', 'step_1')))
    expect(kameleoon.allStored()).toEqual({ COHORTS_visitor1: { step_1: true } })
  })

  it('takes membership from the value under its key, whatever the event is called', async () => {
    const kameleoon = await startKameleoon({ mapWrites })
    await deliver(kameleoon, track('My Renamed Event', { [KEY]: true }, engage('audience')))
    expect(kameleoon.allStored()).toEqual({ COHORTS_visitor1: { [KEY]: true } })
  })
})

describe.each(FORMS)('no audience, $form', ({ deliver }) => {
  it('is a trait that was computed: it is stored, from an identify call as from a track call', async () => {
    const kameleoon = await startKameleoon()
    await deliver(kameleoon, identify({ lifetime_value: 300 }, engage('computed_trait', 'lifetime_value')))
    await deliver(kameleoon, track('Trait Computed', { trait_key: 'logins', logins: 7 }, engage('trait', 'logins')))
    expect(kameleoon.allStored()).toEqual({ IDENTIFY_visitor1: { lifetime_value: 300, logins: 7 } })
    expect(kameleoon.visitEvents()).toEqual([])
  })

  it('is a journey step that names none: it is filtered unless a goal is mapped', async () => {
    const kameleoon = await startKameleoon()
    const step = track('Journeys Step Entered', { journey: 'welcome' })
    expect(await deliver(kameleoon, step)).toMatchObject({
      status: 200,
      body: {
        filtered:
          'Segment itself makes "Journeys Step Entered" events from audiences and warehouse data. Choose a Goal in the mapping to count them.'
      }
    })
    expect(kameleoon.emulator.requests).toEqual([])
    await deliver(kameleoon, step, { goalId: '310002' })
    expect(kameleoon.allStored()).toEqual({})
    expect(kameleoon.emulator.visitor('visitor1')?.conversions).toMatchObject([{ goalName: 'Newsletter signup' }])
  })

  it('is an audience event that names none: it is rejected', async () => {
    const kameleoon = await startKameleoon()
    expect(await deliver(kameleoon, track('Audience Entered'))).toMatchObject({
      status: 400,
      errortype: 'PAYLOAD_VALIDATION_FAILED',
      errormessage: 'properties.audience_key is missing: "Audience Entered" does not say which audience is meant.'
    })
    expect(kameleoon.emulator.requests).toEqual([])
  })
})

it('tells entering and leaving apart by event time, not by the order of the batch', async () => {
  const kameleoon = await startKameleoon()
  const late: JSONObject = { timestamp: '2026-01-31T12:05:00.000Z', messageId: 'late' }
  await kameleoon.batch([entered('Audience Exited', false, late), entered('Audience Entered', true)])
  expect(kameleoon.allStored()).toEqual({})
})
