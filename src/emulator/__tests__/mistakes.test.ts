import { startEmulator, type Emulator, type Goal, type Mistake } from '..'
import { authorization, call, writeMaps } from './call'

describe('mistakes in answers', () => {
  let emulator: Emulator
  beforeAll(async () => {
    const goals = Array.from({ length: 100 }, (_, index) => ({ name: `goal ${index}` }))
    emulator = await startEmulator({ goals })
  })
  afterEach(() => emulator.reset())
  afterAll(() => emulator.close())

  const goals = async (query: string): Promise<string[]> => {
    const { body } = await call(emulator, `/goals?${query}`, { headers: await authorization(emulator) })
    return (body as Goal[]).map(({ name }) => name)
  }
  const pages = async (count: number): Promise<string[]> =>
    (await Promise.all(Array.from({ length: count }, (_, index) => goals(`perPage=40&page=${index + 1}`)))).flat()

  it.each<[Mistake, number, number]>([
    ['empty pages', 0, 0],
    ['empty second page', 60, 60],
    ['page ignored', 120, 40],
    ['repeated page', 120, 80],
    ['short pages', 60, 60],
    ['out of order', 100, 80],
    ['incomplete', 50, 50]
  ])('of the kind "%s" give %i items, of which %i are different, in three pages', async (mistake, all, different) => {
    emulator.faults.add({ path: '/goals', mistake })
    const found = await pages(3)
    expect([found.length, new Set(found).size]).toEqual([all, different])
  })

  it.each<Mistake>(['empty pages', 'incomplete', 'page ignored'])(
    'of the kind "%s" spare a list that is asked for by name',
    async (mistake) => {
      emulator.faults.add({ path: '/goals', mistake })
      for (const [operator, names] of [
        ['EQUAL', ['goal 2']],
        ['IN', ['goal 2', 'goal 4']]
      ] as const) {
        const filter = encodeURIComponent(JSON.stringify([{ field: 'name', operator, parameters: names }]))
        expect(await goals(`filter=${filter}`)).toEqual(names)
      }
    }
  )

  it.each<[Mistake, unknown]>([
    ['null maps', { a: null, b: null }],
    ['text maps', { a: '{"x":1}', b: '{}' }],
    ['other keys', { OTHER_a: { x: 1 }, OTHER_b: {} }]
  ])('of the kind "%s" spoil the answer to a read of maps', async (mistake, body) => {
    await writeMaps(emulator, { a: { x: 1 } })
    emulator.faults.add({ path: '/map/maps', mistake })
    const keys = encodeURIComponent('["a","b"]')
    expect(await call(emulator, `/map/maps?siteCode=${emulator.sitecode}&keys=${keys}`)).toMatchObject({ body })
    expect(emulator.map('a')).toEqual({ x: 1 })
  })

  it.each([
    [{ mistake: 'constructor' }, 'A fault rule cannot have mistake = "constructor".'],
    [{ stall: 'forever' }, 'A fault rule cannot have stall = "forever".'],
    [{ location: 1 }, 'A fault rule cannot have location = 1.']
  ])('are rejected where they make no sense: %j', async (rule, message) => {
    const answer = await call(emulator, '/emulator/faults', { method: 'POST', body: JSON.stringify(rule) })
    expect(answer).toMatchObject({ status: 400, body: { message } })
  })
})
