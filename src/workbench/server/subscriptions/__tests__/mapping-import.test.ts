import { endWorkbenches, runningWorkbench } from '../../../__tests__/running-workbench'
import type { MappingImport, Subscription } from '../../../contract'

afterEach(endWorkbenches)

async function importing() {
  const workbench = await runningWorkbench()
  const post = async (path: string, content: unknown) => {
    const answer = await workbench.send('POST', `/api/subscriptions/${path}`, { content })
    return { status: answer.status, body: (await answer.json()) as MappingImport }
  }
  return {
    ...workbench,
    saved: () => workbench.get<Subscription[]>('/api/subscriptions'),
    check: (content: unknown) => post('import/check', content),
    apply: (content: unknown) => post('import', content)
  }
}

const effects = ({ body }: { body: MappingImport }) => body.mappings.map(({ effect }) => effect)

describe('an import of mappings', () => {
  it('says what it would add, replace, leave as it is and leave out, and changes nothing before', async () => {
    const { saved, check } = await importing()
    const before = await saved()
    const [{ id: _id, ...track }, page] = before
    const content = [
      { ...track, subscribe: 'type = "track" and event = "Order Completed"' },
      page,
      { ...track, name: 'Refunds' },
      { ...track, name: 'Broken', subscribe: 'event = ' }
    ]
    const { body } = await check(content)
    expect(body.mappings).toEqual([
      { place: 1, name: 'Track Calls', effect: 'replaced', replaces: 'Track Calls', problem: null },
      { place: 2, name: page.name, effect: 'unchanged', replaces: null, problem: null },
      { place: 3, name: 'Refunds', effect: 'added', replaces: null, problem: null },
      {
        place: 4,
        name: 'Broken',
        effect: 'left-out',
        replaces: null,
        problem: expect.stringMatching(/\S+ \S+/) as string
      }
    ])
    expect(await saved()).toEqual(before)
  })

  it('adds and replaces them, keeps ids, and removes no other mapping', async () => {
    const { saved, apply } = await importing()
    const before = await saved()
    const [{ id, ...track }] = before
    await apply({
      subscriptions: [
        { ...track, enabled: false },
        { ...track, name: 'Refunds' }
      ]
    })
    expect(await saved()).toEqual([
      { id, ...track, enabled: false },
      ...before.slice(1),
      { id: 'refunds', ...track, name: 'Refunds' }
    ])
  })

  it('of the export of the page changes nothing', async () => {
    const { address, check } = await importing()
    const exported: unknown = await (await fetch(`${address}/api/exports/mappings.json`)).json()
    expect(new Set(effects(await check(exported)))).toEqual(new Set(['unchanged']))
  })

  it('finds a renamed mapping by its id', async () => {
    const { saved, check } = await importing()
    const [track] = await saved()
    const { body } = await check([{ ...track, name: 'Orders' }])
    expect(body.mappings).toMatchObject([{ name: 'Orders', effect: 'replaced', replaces: 'Track Calls' }])
  })

  it('replaces each mapping once, when two of the file have its name', async () => {
    const { saved, check } = await importing()
    const [{ id: _id, ...track }] = await saved()
    const twice = [
      { ...track, enabled: false },
      { ...track, subscribe: 'event = "x"' }
    ]
    expect(effects(await check(twice))).toEqual(['replaced', 'added'])
  })

  it.each([[{}], ['text'], [null], [{ settings: {} }]])('says that there are no mappings in %j', async (content) => {
    const { check } = await importing()
    const { status, body } = await check(content)
    expect([status, body]).toEqual([
      400,
      { error: { message: expect.stringMatching(/^There are no mappings in this file/) as string } }
    ])
  })
})
