import type { SegmentEvent } from '@segment/actions-core'
import { MAX_MAPS_BYTES } from '../destinations/kameleoon/kameleoon-api/limits'
import { identify, track } from './events'
import { startKameleoon } from './kameleoon'
import type { Kameleoon } from './kameleoon'

const MODES = ['merge', 'replace'] as const
const USER = { userId: 'user1' }
const noCode = { kameleoonVisitorCode: undefined }
const personas = { personas: { computation_class: 'audience', computation_key: 'vip' } }

function erase({ destination, settings }: Kameleoon, ids: Pick<SegmentEvent, 'userId' | 'anonymousId'>) {
  if (!destination.onDelete) throw new Error('The destination deletes nobody')
  return destination.onDelete({ type: 'delete', ...ids }, { ...settings })
}

/** Starts to deliver an event, and resolves once its write has reached Kameleoon, which takes its time. */
async function beginWriting(kameleoon: Kameleoon, event: SegmentEvent) {
  const slow = kameleoon.emulator.faults.add({ path: '/map/maps', method: 'POST', delayMs: 80, times: 1 })
  const writing = kameleoon.single(event)
  while (slow.hits === 0) await new Promise(setImmediate)
  return { writing }
}

describe.each(MODES)('a deletion beside a slow write, where Kameleoon would %s', (mapWrites) => {
  it.each<[string, SegmentEvent]>([
    ['traits and links', identify({ plan: 'gold' }, USER)],
    ['traits, links and an audience', identify({ plan: 'gold', vip: true }, { ...USER, context: personas })],
    ['an audience', track('Audience Entered', { ...noCode, audience_key: 'vip' }, USER)],
    ['links', track('Kameleoon identifier', USER, USER)]
  ])('leaves nothing of %s', async (_what, event) => {
    const kameleoon = await startKameleoon({ mapWrites })
    const { writing } = await beginWriting(kameleoon, event)
    await erase(kameleoon, { ...USER, anonymousId: 'anonymous-1' })

    expect(await writing).toMatchObject({ status: 200, sent: { maps: expect.any(Object) as object } })
    expect(kameleoon.allStored()).toEqual({})
  })

  it('forgets the visitor whose link was being written', async () => {
    const kameleoon = await startKameleoon({ mapWrites })
    const { writing } = await beginWriting(kameleoon, identify({ plan: 'gold' }, USER))
    await erase(kameleoon, USER)

    expect(await writing).toMatchObject({ status: 200 })
    expect(kameleoon.emulator.forgotten.sort()).toEqual(['user1', 'visitor1'])
    expect(kameleoon.stored('IDENTIFY_visitor1') ?? {}).toEqual({})
  })

  it('lets a write that begins later go through as a whole', async () => {
    const kameleoon = await startKameleoon({ mapWrites })
    await kameleoon.single(identify({ plan: 'gold' }, USER))
    const slow = kameleoon.emulator.faults.add({ path: '/visit/forget', delayMs: 80, times: 1 })
    const erasing = erase(kameleoon, { ...USER, anonymousId: 'anonymous-1' })
    while (slow.hits === 0) await new Promise(setImmediate)
    await kameleoon.single(identify({ city: 'Nice' }, { ...USER, messageId: 'later' }))
    await erasing
    expect(kameleoon.allStored()).toEqual({
      IDENTIFY_visitor1: { city: 'Nice' },
      IDENTIFY_user1: { city: 'Nice' },
      LINK_user1: { kameleoonVisitorCode: 'visitor1' },
      ['LINK_anonymous-1']: { kameleoonVisitorCode: 'visitor1' }
    })
  })

  it('empties 90,000 traits, which need more room to remove than to store, in requests below 1 MB', async () => {
    const kameleoon = await startKameleoon({ mapWrites })
    const traits = Object.fromEntries(Array.from({ length: 90_000 }, (_, index) => [index.toString(36), 'x']))
    expect(await kameleoon.single(identify({ ...noCode, ...traits }, USER))).toMatchObject({ status: 200 })
    expect(Object.keys(kameleoon.stored('IDENTIFY_user1') ?? {})).toHaveLength(90_000)

    const before = kameleoon.requests('/map/maps').length
    await erase(kameleoon, USER)
    const sizes = kameleoon
      .requests('/map/maps')
      .slice(before)
      .map(({ body }) => Buffer.byteLength(body))
    expect(Math.max(...sizes)).toBeLessThanOrEqual(MAX_MAPS_BYTES)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeGreaterThan(MAX_MAPS_BYTES)
    expect(kameleoon.allStored()).toEqual({})
  })
})
