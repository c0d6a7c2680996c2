import { identify, times, track } from './events'
import { startKameleoon } from './kameleoon'

const noCode = { kameleoonVisitorCode: undefined }
const LINKED = { linkedVisitors: true }
const TOO_MANY = { status: 429, errortype: 'TOO_MANY_REQUESTS' }

describe('a limit on reading', () => {
  it('that a link look-up meets does not reject an event with a visitor code of its own', async () => {
    const kameleoon = await startKameleoon()
    kameleoon.emulator.faults.add({ path: '/map/maps', method: 'GET', status: 429, retryAfter: 7 })
    const outcomes = await kameleoon.batch(
      [
        track('Order Completed', noCode, { userId: 'user1', messageId: 'linked' }),
        track('Order Completed', {}, { messageId: 'known' })
      ],
      LINKED
    )
    expect(outcomes).toMatchObject([{ ...TOO_MANY, body: { retryAfterSeconds: 7 } }, { status: 200 }])
    expect(kameleoon.emulator.visitors()).toEqual(['visitor1'])
  })

  it('stops further look-ups of a batch', async () => {
    const kameleoon = await startKameleoon()
    kameleoon.emulator.faults.add({ path: '/map/maps', method: 'GET', status: 429 })
    const events = times(250, (index) => track('Order Completed', noCode, { userId: `user${index}` }))
    const outcomes = await kameleoon.batch(events, LINKED)
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set([429]))
    expect(kameleoon.requests('/map/maps', 'GET')).toHaveLength(1)
  })

  it('does not stop writes that need no reading', async () => {
    const kameleoon = await startKameleoon()
    kameleoon.emulator.faults.add({ path: '/map/maps', method: 'GET', status: 429 })
    const event = track('Kameleoon identifier', { k_visitorCode: 'visitor1' }, { userId: 'user1' })
    const outcomes = await kameleoon.batch(
      [track('Order Completed', noCode, { userId: 'user2', messageId: 'linked' }), event],
      LINKED
    )
    expect(outcomes).toMatchObject([TOO_MANY, { status: 200 }])
    expect(kameleoon.stored('LINK_user1')).toEqual({ kameleoonVisitorCode: 'visitor1' })
  })
})

describe('a limit on writing', () => {
  const mapping = { customData: { '1': 'gold' } }

  it('that visit events meet stops further ones of a batch', async () => {
    const kameleoon = await startKameleoon()
    kameleoon.emulator.faults.add({ path: '/visit/events', status: 429, retryAfter: 7, times: 1 })
    const outcomes = await kameleoon.batch(times(1_500, () => track('Order Completed')))
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set([429]))
    expect(kameleoon.requests('/visit/events')).toHaveLength(1)
    expect(kameleoon.emulator.visitors()).toEqual([])
  })

  it('that visit events meet stops stored data too, and the reading for it', async () => {
    const kameleoon = await startKameleoon()
    kameleoon.emulator.faults.add({ path: '/visit/events', status: 429, retryAfter: 7 })
    const events = times(3, (index) => identify({ kameleoonVisitorCode: `visitor${index}`, plan: 'gold' }))
    const outcomes = await kameleoon.batch(events, mapping)
    for (const outcome of outcomes) expect(outcome).toMatchObject({ ...TOO_MANY, body: { retryAfterSeconds: 7 } })
    expect(kameleoon.requests('/map/maps', 'GET')).toEqual([])
    expect(kameleoon.requests('/map/maps')).toEqual([])
  })

  it('holds for one batch only', async () => {
    const kameleoon = await startKameleoon()
    kameleoon.emulator.faults.add({ path: '/visit/events', status: 429, times: 1 })
    const events = [identify({ plan: 'gold' })]
    expect(await kameleoon.batch(events, mapping)).toMatchObject([TOO_MANY])
    expect(await kameleoon.batch(events, mapping)).toMatchObject([{ status: 200 }])
    expect(kameleoon.allStored()).toEqual({ IDENTIFY_visitor1: { plan: 'gold' } })
  })
})
