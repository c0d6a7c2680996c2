import { fleetLocks } from '../locks'
import { describeBackends } from './servers'

describeBackends('locks that span processes', ({ open }) => {
  test('keep what is read and written under them from being lost', async () => {
    const stores = (await Promise.all([open(), open(), open()])).map(({ store }) => store)
    const addOne = async (index: number) => {
      const store = stores[index % 3]
      const before = Number((await store.get('sum')) ?? 0)
      await store.set('sum', String(before + 1))
    }
    await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        fleetLocks(stores[index % 3]).run(['map of all', `map ${index % 4}`], () => addOne(index))
      )
    )

    expect(await stores[0].get('sum')).toBe('30')
  })
})
