import { group, identify, times } from './events'
import { FORMS, startKameleoon } from './kameleoon'

const MODES = ['merge', 'replace'] as const
const FORMS_AND_MODES = FORMS.flatMap((form) => MODES.map((mapWrites) => ({ ...form, mapWrites })))

describe.each(FORMS_AND_MODES)('stored data, $form, where Kameleoon would $mapWrites', ({ deliver, mapWrites }) => {
  it('keeps stored data and changes what is in the call', async () => {
    const kameleoon = await startKameleoon({ mapWrites })
    await deliver(kameleoon, identify({ plan: 'free', city: 'Nice' }))
    await deliver(kameleoon, identify({ plan: 'gold' }))
    expect(kameleoon.allStored()).toEqual({ IDENTIFY_visitor1: { plan: 'gold', city: 'Nice' } })
  })

  it('removes a trait that is null, and it stays removed', async () => {
    const kameleoon = await startKameleoon({ mapWrites })
    await deliver(kameleoon, identify({ plan: 'free', city: 'Nice' }))
    const outcome = await deliver(kameleoon, identify({ city: null }))
    expect(outcome).toMatchObject({ status: 200, sent: { maps: { IDENTIFY_visitor1: { city: null } } } })
    await deliver(kameleoon, identify({ age: 3 }))
    expect(kameleoon.allStored()).toEqual({ IDENTIFY_visitor1: { plan: 'free', age: 3 } })
  })

  it('puts a group beside the traits of the visitor', async () => {
    const kameleoon = await startKameleoon({ mapWrites })
    await deliver(kameleoon, identify({ plan: 'gold' }))
    await deliver(kameleoon, group('acme', { industry: 'shoes', size: 7 }))
    await deliver(kameleoon, identify({ age: 3 }))
    expect(kameleoon.allStored()).toEqual({
      IDENTIFY_visitor1: { plan: 'gold', age: 3, groupId: 'acme', group: { industry: 'shoes', size: 7 } }
    })
  })

  it('adds up the traits of one group, and removes one that is null', async () => {
    const kameleoon = await startKameleoon({ mapWrites })
    await deliver(kameleoon, group('acme', { industry: 'shoes', size: 7 }))
    await deliver(kameleoon, group('acme'))
    await deliver(kameleoon, group('acme', { size: 8, city: 'Nice', industry: null }))
    expect(kameleoon.allStored()).toEqual({ IDENTIFY_visitor1: { groupId: 'acme', group: { size: 8, city: 'Nice' } } })
  })

  it('leaves the traits out that Kameleoon itself sets', async () => {
    const kameleoon = await startKameleoon({ mapWrites })
    await deliver(kameleoon, identify({ Experiment: 'Banner', Personalization: 'Sale', plan: 'gold' }))
    expect(kameleoon.allStored()).toEqual({ IDENTIFY_visitor1: { plan: 'gold' } })
  })

  it('lets the last group replace the former one as a whole', async () => {
    const kameleoon = await startKameleoon({ mapWrites })
    await deliver(kameleoon, group('acme', { industry: 'shoes' }))
    await deliver(kameleoon, group('umbrella', { size: 9 }))
    expect(kameleoon.allStored()).toEqual({ IDENTIFY_visitor1: { groupId: 'umbrella', group: { size: 9 } } })
  })

  it('writes under the visitor code and the user id if both are known', async () => {
    const kameleoon = await startKameleoon({ mapWrites })
    await deliver(kameleoon, group('acme', {}, { userId: 'user1' }))
    const fields = { groupId: 'acme', group: {} }
    expect(kameleoon.allStored()).toEqual({ IDENTIFY_visitor1: fields, IDENTIFY_user1: fields })
  })

  it('writes once under a user id that is the visitor code', async () => {
    const kameleoon = await startKameleoon({ mapWrites })
    await deliver(kameleoon, identify({ kameleoonVisitorCode: undefined, plan: 'gold' }, { userId: 'user1' }))
    expect(kameleoon.allStored()).toEqual({ IDENTIFY_user1: { plan: 'gold' } })
  })

  it('never stores the visitor code, by either of its names', async () => {
    const kameleoon = await startKameleoon({ mapWrites })
    await deliver(kameleoon, identify({ kameleoonVisitorCode: ' visitor2 ', k_visitorCode: 'x', plan: 'gold' }))
    await deliver(kameleoon, identify({ kameleoonVisitorCode: undefined, k_visitorCode: 'visitor3', plan: 'free' }))
    expect(kameleoon.allStored()).toEqual({ IDENTIFY_visitor2: { plan: 'gold' }, IDENTIFY_visitor3: { plan: 'free' } })
  })
})

describe.each(FORMS)('stored data, $form', ({ deliver }) => {
  it('is replaced without a look at it, if the mapping says so', async () => {
    const kameleoon = await startKameleoon({ mapWrites: 'replace' })
    await deliver(kameleoon, identify({ plan: 'free', city: 'Nice' }))
    const reads = kameleoon.requests('/map/maps', 'GET').length
    await deliver(kameleoon, identify({ plan: 'gold' }), { existingData: 'replace' })
    expect(kameleoon.requests('/map/maps', 'GET')).toHaveLength(reads)
    expect(kameleoon.allStored()).toEqual({ IDENTIFY_visitor1: { plan: 'gold' } })
  })

  it('lives as long as the mapping says', async () => {
    let now = Date.parse('2026-02-01T00:00:00Z')
    const kameleoon = await startKameleoon({ clock: () => now })
    await deliver(kameleoon, identify({ plan: 'gold' }), { ttlHours: 2 })
    now += 2 * 3_600_000 - 1
    expect(kameleoon.allStored()).toEqual({ IDENTIFY_visitor1: { plan: 'gold' } })
    now += 1
    expect(kameleoon.allStored()).toEqual({})
  })

  it('is filtered in words where there are no traits', async () => {
    const kameleoon = await startKameleoon()
    expect(await deliver(kameleoon, identify())).toEqual({
      status: 200,
      sent: {},
      body: { filtered: 'The identify call has no traits, so there is nothing to store.' }
    })
    expect(kameleoon.emulator.requests).toEqual([])
  })

  it('goes along with custom data on the visitor', async () => {
    const kameleoon = await startKameleoon()
    const outcome = await deliver(kameleoon, identify({ plan: 'gold' }), {
      customData: { '1': { '@path': '$.traits.plan' } }
    })
    expect(outcome).toMatchObject({
      status: 200,
      sent: { visitEvents: [{ eventType: 'CUSTOMDATA' }], maps: { IDENTIFY_visitor1: { plan: 'gold' } } },
      body: {
        answers: [
          { operation: 'POST /visit/events', status: 204 },
          { operation: 'POST /map/maps', status: 204 }
        ]
      }
    })
    expect(kameleoon.emulator.visitor('visitor1')?.customData).toEqual({
      '1': { index: 1, name: 'Plan', valuesCountMap: { gold: 1 } }
    })
  })
})

describe.each(MODES)('a batch, where Kameleoon would %s', (mapWrites) => {
  const at = (minute: number) => ({ timestamp: `2026-01-31T12:0${minute}:00.000Z` })

  it('merges several writes to one key in the order of the events, not of the batch', async () => {
    const kameleoon = await startKameleoon({ mapWrites })
    const outcomes = await kameleoon.batch([
      { ...identify({ plan: 'third', c: 3 }, at(3)), messageId: 'c' },
      { ...identify({ plan: 'first', a: 1, gone: true }, at(1)), messageId: 'a' },
      { ...identify({ plan: 'second', b: 2, gone: null }, at(2)), messageId: 'b' }
    ])
    expect(outcomes.map(({ sent }) => sent?.maps)).toEqual([
      { IDENTIFY_visitor1: { plan: 'third', c: 3 } },
      { IDENTIFY_visitor1: { plan: 'first', a: 1, gone: true } },
      { IDENTIFY_visitor1: { plan: 'second', b: 2, gone: null } }
    ])
    const left = { plan: 'third', a: 1, b: 2, c: 3 }
    expect(kameleoon.requests('/map/maps').map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      { IDENTIFY_visitor1: { ...left, gone: null } },
      { IDENTIFY_visitor1: left }
    ])
    expect(kameleoon.allStored()).toEqual({ IDENTIFY_visitor1: left })
  })

  it('takes events of one moment in the order of the batch', async () => {
    const kameleoon = await startKameleoon({ mapWrites })
    await kameleoon.batch(times(5, (index) => identify({ last: index, [`t${index}`]: true })))
    expect(kameleoon.stored('IDENTIFY_visitor1')).toMatchObject({ last: 4, t0: true, t4: true })
  })

  it('reads 100 keys a request and writes all visitors in one', async () => {
    const kameleoon = await startKameleoon({ mapWrites })
    await kameleoon.batch(times(250, (index) => identify({ kameleoonVisitorCode: `visitor${index}`, index })))
    const reads = kameleoon.requests('/map/maps', 'GET').map(({ query }) => (JSON.parse(query.keys) as string[]).length)
    expect(reads).toEqual([100, 100, 50])
    expect(kameleoon.requests('/map/maps')).toHaveLength(1)
    expect(Object.keys(kameleoon.allStored())).toHaveLength(250)
    expect(kameleoon.stored('IDENTIFY_visitor249')).toEqual({ index: 249 })
  })
})
