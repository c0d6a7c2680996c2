import type { SegmentEvent } from '@segment/actions-core'
import { group, identify, times, track } from './events'
import { startKameleoon } from './kameleoon'
import type { Kameleoon } from './kameleoon'

const personas = (key: string) => ({ context: { personas: { computation_class: 'audience', computation_key: key } } })

/** A week of one shop: several visitors, every kind of stored data, changes and removals. */
async function deliverEverything(kameleoon: Kameleoon): Promise<void> {
  const batches: SegmentEvent[][] = [
    times(6, (index) => identify({ kameleoonVisitorCode: `visitor${index % 3}`, [`t${index}`]: index, plan: 'free' })),
    times(3, (index) => group('acme', { kameleoonVisitorCode: `visitor${index}`, size: index }, { userId: 'user1' })),
    times(3, (index) =>
      identify({ kameleoonVisitorCode: `visitor${index}`, t1: null, plan: 'gold', 'ключ 🗝': { a: [null, 1] } })
    ),
    [
      track('Audience Entered', { audience_key: 'vip' }, { messageId: 'a1' }),
      track('Audience Entered', { audience_key: 'new' }, { messageId: 'a2' })
    ],
    [track('Audience Exited', { audience_key: 'new' }, { messageId: 'a3' })],
    [identify({ vip: false }, personas('vip'))],
    [identify({ plan: 'gold' }, { userId: 'user9' })],
    [group('umbrella', { tax: 'x' }, { messageId: 'g9' })]
  ]
  for (const events of batches) {
    const outcomes = await kameleoon.batch(events)
    expect(outcomes.map(({ status }) => status)).toEqual(events.map(() => 200))
  }
}

it('ends with the same stored data whether Kameleoon merges or replaces', async () => {
  const merging = await startKameleoon({ mapWrites: 'merge' })
  const replacing = await startKameleoon({ mapWrites: 'replace' })
  await deliverEverything(merging)
  await deliverEverything(replacing)

  expect(merging.allStored()).toEqual(replacing.allStored())
  expect(merging.allStored()).toEqual({
    IDENTIFY_visitor0: { t0: 0, t3: 3, plan: 'gold', groupId: 'acme', group: { size: 0 }, 'ключ 🗝': { a: [null, 1] } },
    IDENTIFY_visitor1: {
      ...{ t4: 4, plan: 'gold', vip: false, 'ключ 🗝': { a: [null, 1] } },
      ...{ groupId: 'umbrella', group: { tax: 'x' } }
    },
    IDENTIFY_visitor2: { t2: 2, t5: 5, plan: 'gold', groupId: 'acme', group: { size: 2 }, 'ключ 🗝': { a: [null, 1] } },
    IDENTIFY_user1: { groupId: 'acme', group: { size: 2 } },
    IDENTIFY_user9: { plan: 'gold' },
    LINK_user9: { kameleoonVisitorCode: 'visitor1' },
    ['LINK_anonymous-1']: { kameleoonVisitorCode: 'visitor1' }
  })
})

describe.each(['merge', 'replace'] as const)('concurrent batches, where Kameleoon would %s', (mapWrites) => {
  it('of identify, group and audience calls for one visitor lose nothing', async () => {
    const kameleoon = await startKameleoon({ mapWrites })
    // Answers that take different times make the batches overlap in every order.
    kameleoon.emulator.faults.add({ path: '/map/maps', delayMs: 7, every: 3 })
    const traits = (from: number) =>
      times(4, (index) => ({ ...identify({ [`t${from + index}`]: true }), messageId: `i${from + index}` }))
    const entered = Array.from({ length: 5 }, (_, index) => track('Audience Entered', { audience_key: `a${index}` }))

    const outcomes = await Promise.all([
      ...[0, 4, 8, 12].map((from) => kameleoon.batch(traits(from))),
      kameleoon.batch([group('acme', { size: 1 })]),
      ...entered.map((event, index) => kameleoon.batch([{ ...event, messageId: `a${index}` }])),
      ...[16, 17].map(async (index) => [await kameleoon.single(identify({ [`t${index}`]: true }))])
    ])

    expect(new Set(outcomes.flat().map(({ status }) => status))).toEqual(new Set([200]))
    const fields = Object.fromEntries(Array.from({ length: 18 }, (_, index) => [`t${index}`, true]))
    expect(kameleoon.allStored()).toEqual({
      IDENTIFY_visitor1: { ...fields, groupId: 'acme', group: { size: 1 } },
      COHORTS_visitor1: { a0: true, a1: true, a2: true, a3: true, a4: true }
    })
  })

  it('for different visitors do not wait for each other', async () => {
    const kameleoon = await startKameleoon({ mapWrites })
    const slow = kameleoon.emulator.faults.add({ path: '/map/maps', method: 'GET', delayMs: 300, times: 1 })
    await kameleoon.single(track('Order Completed'))
    const order: string[] = []
    const first = kameleoon.single(identify({ a: 1 })).then(() => order.push('slow'))
    while (slow.hits === 0) await new Promise(setImmediate)
    await kameleoon.single(identify({ kameleoonVisitorCode: 'visitor2', a: 1 })).then(() => order.push('quick'))
    await first
    expect(order).toEqual(['quick', 'slow'])
  })
})
