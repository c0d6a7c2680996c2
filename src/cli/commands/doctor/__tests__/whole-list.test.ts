import { wholeList } from '../whole-list'

const identity = (item: number): number => item
const pages = (...of: number[][]) => {
  const read: number[] = []
  const list = wholeList((page) => {
    read.push(page)
    return Promise.resolve({ items: of[page - 1] ?? [page * 1_000], isLast: page === of.length })
  }, identity)
  return { list, read }
}

it('a list is read up to its last page, each item once', async () => {
  const { list, read } = pages([1, 2], [2, 3])
  expect(await list).toEqual({ items: [1, 2, 3], isWhole: true })
  expect(read).toEqual([1, 2])
})

it('a list that repeats itself ends there', async () => {
  expect(await wholeList(() => Promise.resolve({ items: [1, 2], isLast: false }), identity)).toEqual({
    items: [1, 2],
    isWhole: true
  })
})

it('a list without an end is not read to its end', async () => {
  const { list, read } = pages()
  expect((await list).isWhole).toBe(false)
  expect(read).toHaveLength(20)
})
