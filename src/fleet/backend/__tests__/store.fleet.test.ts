import { describeBackends, until } from '../../__tests__/servers'
import type { CountsToAdd, SharedStore } from '../shared-store'

describeBackends('what a fleet shares', ({ open }) => {
  let number = 0
  let key: string
  beforeEach(() => (key = `test-${(number += 1)}`))
  const store = async (): Promise<SharedStore> => (await open()).store

  test('a value is there for all processes until it is removed', async () => {
    const [one, other] = [await store(), await store()]
    expect(await other.get(key)).toBeNull()

    await one.set(key, '{"name":"\\u0000 é 🦊"}')
    expect(await other.get(key)).toBe('{"name":"\\u0000 é 🦊"}')
    await one.set(key, '')
    expect(await other.get(key)).toBe('')
    await other.remove(key)
    expect(await one.get(key)).toBeNull()
  })

  test('a value that has expired is absent', async () => {
    const shared = await store()
    await shared.set(key, 'old', 0.02)
    await until(async () => ((await shared.get(key)) === null ? true : undefined))

    expect(await shared.keys(key)).toEqual([])
    expect(await shared.setIfAbsent(key, 'new')).toBe(true)
    expect(await shared.get(key)).toBe('new')
  })

  test('a value that is set again without an expiry stays', async () => {
    const shared = await store()
    await shared.set(key, 'old', 0.02)
    await shared.set(key, 'new')
    await shared.set(`${key} other`, 'old', 0.02)
    await until(async () => ((await shared.get(`${key} other`)) === null ? true : undefined))

    expect(await shared.get(key)).toBe('new')
  })

  test('of many that set a value where there is none, one does', async () => {
    const shared = await store()
    const names = Array.from({ length: 20 }, (_, index) => `process ${index}`)
    const done = await Promise.all(names.map((name) => shared.setIfAbsent(key, name, 60)))

    expect(done.filter(Boolean)).toHaveLength(1)
    expect(await shared.get(key)).toBe(names[done.indexOf(true)])
  })

  test('counts begin at 0 and are added up over all processes', async () => {
    const [one, other] = [await store(), await store()]
    await Promise.all(
      [one, other].flatMap((shared) => Array.from({ length: 20 }, () => shared.add(key, { delivered: 3, rejected: 1 })))
    )
    await one.add(key, { 'name with : * and "': -2 })

    expect(await other.counts(key)).toEqual({ delivered: 120, rejected: 40, 'name with : * and "': -2 })
    expect(await other.counts(`${key} other`)).toEqual({})
  })

  test('a count moves on once, and takes the others with it', async () => {
    const shared = await store()
    const others: CountsToAdd[] = [
      { key, counts: { delivered: 5 } },
      { key: `${key} totals`, counts: { delivered: 5, requests: 2 } },
      { key, counts: { delivered: 1, filtered: 1 } }
    ]
    const done = await Promise.all(Array.from({ length: 10 }, () => shared.advance(key, 'done:3', 0, others)))

    expect(done.filter(Boolean)).toHaveLength(1)
    expect(await shared.counts(key)).toEqual({ 'done:3': 0, delivered: 6, filtered: 1 })
    expect(await shared.counts(`${key} totals`)).toEqual({ delivered: 5, requests: 2 })
  })

  test('a count does not move back', async () => {
    const shared = await store()
    const others = [{ key, counts: { delivered: 1 } }]

    expect(await shared.advance(key, 'done:0', 10, others)).toBe(true)
    expect(await shared.advance(key, 'done:0', 9, others)).toBe(false)
    expect(await shared.advance(key, 'done:0', 10, others)).toBe(false)
    expect(await shared.advance(key, 'done:0', 11, [])).toBe(true)
    expect(await shared.counts(key)).toEqual({ 'done:0': 11, delivered: 1 })
  })

  test('counts that move on from many processes at once do not wait for each other for ever', async () => {
    const stores = await Promise.all([store(), store(), store()])
    const names = ['c', 'a', 'b']
    await Promise.all(
      Array.from({ length: 60 }, (_, index) => {
        const counts = Object.fromEntries(
          [...names.slice(index % 3), ...names.slice(0, index % 3)].map((name) => [name, 1])
        )
        return stores[index % 3].advance(`${key} ${index % 3}`, 'done', index + 1, [{ key, counts }])
      })
    )

    const { a, b, c } = await stores[0].counts(key)
    expect(a).toBeGreaterThan(0)
    expect([b, c]).toEqual([a, a])
  })

  test('counts that have expired begin at 0 again', async () => {
    const shared = await store()
    await shared.advance(key, 'done', 7, [{ key, counts: { delivered: 5 } }])
    await shared.expire(key, 0.05)
    await shared.add(key, { filtered: 1 })
    await until(async () => (Object.keys(await shared.counts(key)).length === 0 ? true : undefined))

    expect(await shared.keys(key)).toEqual([])
    await shared.add(key, { delivered: 1 })
    expect(await shared.advance(key, 'done', 1, [])).toBe(true)
    expect(await shared.counts(key)).toEqual({ delivered: 1, done: 1 })
  })

  test('keys are found by how they begin', async () => {
    const shared = await store()
    await shared.set(`${key}:a*[b]`, '')
    await shared.add(`${key}:a*[c]`, { x: 1 })
    await shared.set(`${key}:b`, '')
    await shared.add(`${key}:b`, { x: 1 })

    expect(await shared.keys(`${key}:`)).toEqual([`${key}:a*[b]`, `${key}:a*[c]`, `${key}:b`])
    expect(await shared.keys(`${key}:a*[`)).toEqual([`${key}:a*[b]`, `${key}:a*[c]`])
    expect(await shared.keys(`${key}:_`)).toEqual([])
    await shared.remove(`${key}:b`)
    expect(await shared.keys(`${key}:b`)).toEqual([])
  })

  test('all locks are taken or none', async () => {
    const shared = await store()

    expect(await shared.takeLocks([`${key} b`, `${key} c`, `${key} b`], 'one', 60_000)).toBe(true)
    expect(await shared.takeLocks([`${key} a`, `${key} b`], 'other', 60_000)).toBe(false)
    expect(await shared.takeLocks([`${key} a`], 'third', 60_000)).toBe(true)
    await shared.releaseLocks([`${key} a`, `${key} b`, `${key} c`], 'one')
    expect(await shared.takeLocks([`${key} a`], 'other', 60_000)).toBe(false)
    expect(await shared.takeLocks([`${key} b`, `${key} c`], 'other', 60_000)).toBe(true)
  })

  test('an owner takes its own locks again, which makes them last longer', async () => {
    const shared = await store()
    await shared.takeLocks([key], 'one', 30)
    expect(await shared.takeLocks([key, `${key} more`], 'one', 60_000)).toBe(true)
    await shared.takeLocks([`${key} short`], 'one', 30)
    await until(async () => ((await shared.takeLocks([`${key} short`], 'other', 60_000)) ? true : undefined))

    expect(await shared.takeLocks([key], 'other', 60_000)).toBe(false)
  })

  test('2,000 locks are taken by one of many that want them at once', async () => {
    const stores = await Promise.all([store(), store(), store()])
    const keys = Array.from({ length: 2_000 }, (_, index) => `${key} ${index}`)
    const taken = await Promise.all(
      stores.map((shared, index) => shared.takeLocks(index === 1 ? [...keys].reverse() : keys, `${index}`, 60_000))
    )
    const owner = taken.indexOf(true)

    expect(taken.filter(Boolean)).toHaveLength(1)
    expect(await stores[0].takeLocks(keys.slice(-1), 'other', 60_000)).toBe(false)
    await stores[0].releaseLocks(keys, `${owner}`)
    expect(await stores[0].takeLocks(keys, 'other', 60_000)).toBe(true)
  })
})
