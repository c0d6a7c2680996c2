import { PayloadValidationError } from '@segment/actions-core'
import { group, identify, page, times, track } from './events'
import { FORMS, startKameleoon } from './kameleoon'

const CROSS_DEVICE = { visitorFallback: 'cross-device id' }
const noCode = { kameleoonVisitorCode: undefined }
const byUser = { userId: 'user1', anonymousId: 'anonymous-1' }

const NONE =
  'Visitor Fallback is "Cross-device ID", but the Kameleoon project has none. Choose "Use this custom data as a unique identifier for cross-device matching" for a custom data of the project, or another Visitor Fallback.'

const PLAIN = { customData: [{ index: 1, name: 'Plan' }] }

describe.each(FORMS)('the cross-device id, $form', ({ deliver }) => {
  it('is set on the visitor by an identify call with a visitor code, beside the custom data of the mapping', async () => {
    const kameleoon = await startKameleoon()
    const event = identify({ plan: 'gold' }, byUser)
    await deliver(kameleoon, event, { ...CROSS_DEVICE, customData: { '1': 'gold' } })
    expect(kameleoon.visitEvents()).toMatchObject([
      { eventType: 'CUSTOMDATA', visitorCode: 'visitor1', index: 1 },
      {
        ...{ eventType: 'CUSTOMDATA', visitorCode: 'visitor1', index: 6 },
        ...{ valuesCountMap: { user1: 1 }, overwrite: true, mappingIdentifier: true }
      }
    ])
    expect(kameleoon.stored('IDENTIFY_visitor1')).toEqual({ plan: 'gold' })
  })

  it('is set by the identifier call too', async () => {
    const kameleoon = await startKameleoon()
    const properties = { ...noCode, k_visitorCode: 'visitor1' }
    await deliver(kameleoon, track('Kameleoon identifier', properties, byUser), CROSS_DEVICE)
    expect(kameleoon.visitEvents()).toMatchObject([{ index: 6, valuesCountMap: { user1: 1 }, mappingIdentifier: true }])
  })

  it('is sent in place of the visitor code by events without one, and nothing is looked up', async () => {
    const kameleoon = await startKameleoon()
    await deliver(kameleoon, track('Order Completed', { ...noCode, revenue: 5 }, byUser), CROSS_DEVICE)
    const [sent] = kameleoon.visitEvents()
    expect(sent).toMatchObject({ eventType: 'CONVERSION', mappingValue: 'user1', revenue: 5 })
    expect(sent).not.toHaveProperty('visitorCode')
    expect(kameleoon.requests('/map/maps', 'GET')).toEqual([])
  })

  it('leaves events with a visitor code as they are', async () => {
    const kameleoon = await startKameleoon()
    await deliver(kameleoon, track('Order Completed', {}, byUser), CROSS_DEVICE)
    expect(kameleoon.visitEvents()).toMatchObject([{ visitorCode: 'visitor1' }])
    expect(kameleoon.visitEvents()[0]).not.toHaveProperty('mappingValue')
    expect(kameleoon.requests(`/v3/${kameleoon.emulator.sitecode}`, 'GET')).toEqual([])
  })

  it('needs a user id: the anonymous id is no user', async () => {
    const kameleoon = await startKameleoon()
    expect(await deliver(kameleoon, track('Order Completed', noCode), CROSS_DEVICE)).toMatchObject({
      status: 400,
      errormessage: expect.stringMatching(/^kameleoonVisitorCode is missing\./) as string
    })
  })

  it('gives another nonce than the same user id as visitor code', async () => {
    const kameleoon = await startKameleoon()
    const event = track('Order Completed', noCode, byUser)
    await deliver(kameleoon, event, CROSS_DEVICE)
    await deliver(kameleoon, event, { visitorFallback: 'user id' })
    expect(new Set(kameleoon.visitEvents().map(({ nonce }) => nonce)).size).toBe(2)
  })

  it.each([
    ['a track call', track('Order Completed', noCode, byUser)],
    ['a page call', page('Home', { ...noCode, url: 'https://x/1' }, byUser)],
    ['an identify call', identify({ plan: 'gold' }, byUser)]
  ])('is an error where the project has none, and nothing of %s is sent', async (_call, event) => {
    const kameleoon = await startKameleoon(PLAIN)
    const outcome = await deliver(kameleoon, event, CROSS_DEVICE)
    expect(outcome).toMatchObject({ status: 400, errormessage: NONE })
    expect(outcome).not.toHaveProperty('sent')
    expect(kameleoon.visitEvents()).toEqual([])
    expect(kameleoon.allStored()).toEqual({})
  })

  it('is not needed where only stored data is written', async () => {
    const kameleoon = await startKameleoon(PLAIN)
    await deliver(kameleoon, group('group1', { ...noCode, seats: 5 }, byUser), CROSS_DEVICE)
    expect(kameleoon.stored('IDENTIFY_user1')).toEqual({ groupId: 'group1', group: { seats: 5 } })
  })

  it.each([404, 429, 503])('is tried again if the project cannot be read: %s', async (status) => {
    const kameleoon = await startKameleoon()
    kameleoon.emulator.faults.add({ path: `/v3/${kameleoon.emulator.sitecode}`, status, times: 1 })
    const event = identify({ plan: 'gold' }, byUser)
    expect((await deliver(kameleoon, event, CROSS_DEVICE)).status).toBe(status === 429 ? 429 : 503)
    expect(kameleoon.allStored()).toEqual({})
    expect(await deliver(kameleoon, event, CROSS_DEVICE)).toMatchObject({ status: 200 })
  })
})

describe('the project of a cross-device id', () => {
  const configuration = (emulator: { sitecode: string }) => `/v3/${emulator.sitecode}`

  it('is read once for many events, without a token', async () => {
    const kameleoon = await startKameleoon()
    await kameleoon.batch(
      times(50, () => track('Order Completed', noCode, byUser)),
      CROSS_DEVICE
    )
    await kameleoon.batch(
      times(50, () => track('Newsletter signup', noCode, byUser)),
      CROSS_DEVICE
    )
    const requests = kameleoon.requests(configuration(kameleoon.emulator), 'GET')
    expect(requests).toHaveLength(1)
    expect(requests[0].headers).not.toHaveProperty('authorization')
  })

  it('is used on if it cannot be read again', async () => {
    const kameleoon = await startKameleoon()
    await kameleoon.single(track('Order Completed', noCode, byUser), CROSS_DEVICE)
    kameleoon.emulator.faults.add({ path: configuration(kameleoon.emulator), status: 503 })
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 11 * 60_000)
    const later = { ...track('Order Completed', noCode, byUser), messageId: 'track-2' }
    expect(await kameleoon.single(later, CROSS_DEVICE)).toMatchObject({ status: 200 })
    clock.mockRestore()
    expect(kameleoon.requests(configuration(kameleoon.emulator), 'GET').map(({ status }) => status)).toEqual([200, 503])
  })

  it('is read again a minute after it had none', async () => {
    const kameleoon = await startKameleoon(PLAIN)
    const event = track('Order Completed', noCode, byUser)
    expect((await kameleoon.single(event, CROSS_DEVICE)).error).toBeInstanceOf(PayloadValidationError)
    kameleoon.emulator.addCustomData({ index: 9, name: 'User ID', isMappingIdentifier: true })
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 61_000)
    expect(await kameleoon.single(event, CROSS_DEVICE)).toMatchObject({ status: 200 })
    clock.mockRestore()
  })
})

describe('the deletion of a user with a cross-device id', () => {
  it('finds the visitor by the link that identify calls store all the same', async () => {
    const kameleoon = await startKameleoon()
    await kameleoon.single(identify({ plan: 'gold' }, byUser), CROSS_DEVICE)
    expect(kameleoon.stored('LINK_user1')).toEqual({ kameleoonVisitorCode: 'visitor1' })
  })
})
