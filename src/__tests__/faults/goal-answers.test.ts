import type { FaultRule } from '../../emulator'
import { times, track } from '../events'
import { startKameleoon } from '../kameleoon'

const NAME = 'SegmentIO track - Basket Shared'

/** The goal was created, but nobody told: the next event of that name may come at once, from another batch. */
it.each<[FaultRule, number]>([[{ reset: 'after' }, 503]])(
  'creates one goal only where the answer to its creation is lost, %j',
  async (fault, status) => {
    const kameleoon = await startKameleoon()
    kameleoon.emulator.faults.add({ path: '/goals', method: 'POST', times: 1, ...fault })
    const [first, second] = times(2, () => track('Basket Shared'))
    expect(await kameleoon.single(first)).toMatchObject({ status })
    expect(await kameleoon.single(second)).toMatchObject({ status: 200 })
    expect(await kameleoon.single(first)).toMatchObject({ status: 200 })
    expect(kameleoon.emulator.goals.filter(({ name }) => name === NAME)).toHaveLength(1)
    expect(kameleoon.emulator.visitor('visitor1')?.conversions).toHaveLength(2)
  }
)
