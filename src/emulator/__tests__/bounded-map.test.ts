import { BoundedMap } from '../bounded'

describe('a bounded map', () => {
  it('drops the oldest entry for a new one', () => {
    const map = new BoundedMap<number>(2)
    for (const [index, key] of ['a', 'b', 'c', 'd', 'e'].entries()) map.set(key, index)
    expect(map.entries()).toEqual([
      ['d', 3],
      ['e', 4]
    ])
    expect([map.get('c'), map.get('d')]).toEqual([undefined, 3])
  })

  it('drops nothing when an entry changes', () => {
    const map = new BoundedMap<number>(2)
    map.set('a', 1)
    map.set('b', 1)
    map.set('a', 2)
    expect(map.entries()).toEqual([
      ['a', 2],
      ['b', 1]
    ])
    map.set('c', 1)
    expect(map.get('a')).toBeUndefined()
  })

  it('has room for everything when its size is Infinity', () => {
    const map = new BoundedMap<number>(Infinity)
    for (let key = 0; key < 1_000; key++) map.set(String(key), key)
    expect([map.entries().length, map.get('0'), map.get('999')]).toEqual([1_000, 0, 999])
  })

  it('starts anew when cleared', () => {
    const map = new BoundedMap<number>(2)
    for (const key of ['a', 'b', 'c']) map.set(key, 1)
    map.clear()
    for (const key of ['d', 'e']) map.set(key, 1)
    expect(map.entries().map(([key]) => key)).toEqual(['d', 'e'])
  })
})
