import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs'
import { tmpdir } from 'os'
import { join } from 'path'
import { UsageError, readMappingFile } from '../../../segment-host'
import { smallDestination } from '../../../segment-host/__tests__/small-destination'
import { SubscriptionStore } from '../subscriptions/subscription-store'

const { definition } = smallDestination()
const open: SubscriptionStore[] = []
const preset = {
  id: 'track-calls',
  name: 'Track Calls',
  partnerAction: 'take',
  subscribe: 'type = "track"',
  enabled: true,
  mapping: { id: { '@path': '$.messageId' }, data: { '@path': '$.properties' } }
}
const orders = {
  name: 'Orders',
  partnerAction: 'take',
  subscribe: 'event = "Order"',
  enabled: true,
  mapping: { id: { '@path': '$.messageId' } }
}

const newPath = () => join(mkdtempSync(join(tmpdir(), 'store-')), 'mapping.json')

async function storeAt(path: string, log?: (line: string) => void): Promise<SubscriptionStore> {
  const store = await SubscriptionStore.open({ path, definition, log })
  open.push(store)
  return store
}

const inFile = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))

afterEach(async () => {
  await Promise.all(open.splice(0).map((store) => store.close()))
})

describe('the store of subscriptions', () => {
  it('starts with the automatic presets, and writes them to a file that can be edited', async () => {
    const path = newPath()
    expect((await storeAt(path)).list()).toEqual([preset])
    expect(inFile(path)).toEqual([preset])
  })

  it('saves added, changed and removed mappings in the form of `deliver --mapping`', async () => {
    const path = newPath()
    const store = await storeAt(path)
    const added = await store.add(orders)
    expect(added).toEqual({ id: 'orders', ...orders })
    expect(await store.update('track-calls', { ...orders, name: 'Changed', enabled: false })).toMatchObject({
      id: 'track-calls',
      name: 'Changed'
    })
    const again = await storeAt(path)
    expect(again.list()).toEqual([{ id: 'track-calls', ...orders, name: 'Changed', enabled: false }, added])
    const { enabled: _, ...delivered } = orders
    expect(readMappingFile(path, definition)).toEqual([delivered])
    expect(await again.remove('track-calls')).toBe(true)
    expect(inFile(path)).toEqual([added])
  })

  it('returns null or false for an unknown id', async () => {
    const path = newPath()
    const store = await storeAt(path)
    let told = 0
    store.onChange(() => told++)
    expect(await store.update('nobody', orders)).toBeNull()
    expect(await store.remove('nobody')).toBe(false)
    expect(told).toBe(0)
    expect(inFile(path)).toEqual([preset])
  })

  it('goes back to the presets', async () => {
    const path = newPath()
    const store = await storeAt(path)
    await store.add(orders)
    await store.remove('track-calls')
    expect(await store.reset()).toEqual([preset])
    expect(inFile(path)).toEqual([preset])
  })

  it('makes simultaneous changes one after another, and loses none', async () => {
    const path = newPath()
    const store = await storeAt(path)
    const names = Array.from({ length: 20 }, (_, index) => `Orders ${index}`)
    await Promise.all(names.map((name) => store.add({ ...orders, name })))
    expect(store.list().map(({ name }) => name)).toEqual(['Track Calls', ...names])
    expect((inFile(path) as { name: string }[]).map(({ name }) => name)).toEqual(['Track Calls', ...names])
  })

  it('gives no id twice, not even one that was removed', async () => {
    const store = await storeAt(newPath())
    const ids = [(await store.add(orders)).id, (await store.add(orders)).id]
    await store.remove(ids[1])
    ids.push((await store.add(orders)).id, (await store.add({ ...orders, name: '注文' })).id)
    expect(ids).toEqual(['orders', 'orders-2', 'orders-3', 'mapping'])
  })

  it('notifies its listeners of a change until they are removed', async () => {
    const store = await storeAt(newPath())
    const seen: number[] = []
    const stop = store.onChange(() => seen.push(store.list().length))
    await store.add(orders)
    await store.reset()
    stop()
    await store.add(orders)
    expect(seen).toEqual([2, 1])
  })

  it('accepts files without ids, and with one id twice', async () => {
    const path = newPath()
    const { id: _, ...withoutId } = preset
    writeFileSync(path, JSON.stringify({ subscriptions: [withoutId, preset, { ...orders, id: 'track-calls' }] }))
    expect((await storeAt(path)).list().map(({ id }) => id)).toEqual(['track-calls-2', 'track-calls', 'orders'])
  })

  it('does not open a broken file, names the reason, and does not change the file', async () => {
    const path = newPath()
    for (const [text, reason] of [
      ['{"subscriptions": [', 'Cannot read the mapping file'],
      [
        JSON.stringify([{ ...orders, partnerAction: 'give' }]),
        'subscription 1 ("Orders"): unknown partnerAction "give"'
      ],
      ['{}', 'expected an array of subscriptions']
    ]) {
      writeFileSync(path, text)
      const opened = storeAt(path)
      await expect(opened).rejects.toThrow(UsageError)
      await expect(opened).rejects.toThrow(reason)
      expect(readFileSync(path, 'utf8')).toBe(text)
    }
  })
})

describe('a file edited by hand while the store is open', () => {
  it('takes effect at once', async () => {
    const path = newPath()
    const store = await storeAt(path)
    const changed = new Promise<void>((resolve) => store.onChange(resolve))
    writeFileSync(path, JSON.stringify([{ ...orders, id: 'mine' }]))
    await changed
    expect(store.list()).toEqual([{ ...orders, id: 'mine' }])
  })

  it('is kept when a mapping is changed later', async () => {
    const path = newPath()
    const store = await storeAt(path)
    writeFileSync(path, JSON.stringify([preset, { ...orders, id: 'mine' }]))
    await store.add({ ...orders, name: 'Later' })
    expect((inFile(path) as { id: string }[]).map(({ id }) => id)).toEqual(['track-calls', 'mine', 'later'])
  })

  it('is not used while it is broken, and is copied before something else is saved', async () => {
    const path = newPath()
    const lines: string[] = []
    const store = await storeAt(path, (line) => lines.push(line))
    writeFileSync(path, '[{"name": "half')
    await store.refresh()
    await store.refresh()
    expect(store.list()).toEqual([preset])
    await store.add(orders)
    expect(readFileSync(`${path}.broken-1`, 'utf8')).toBe('[{"name": "half')
    expect((inFile(path) as { name: string }[]).map(({ name }) => name)).toEqual(['Track Calls', 'Orders'])
    expect(lines).toEqual([
      expect.stringContaining('The edited file is not used: Cannot read the mapping file'),
      `${path} was copied to ${path}.broken-1`
    ])
  })

  it('is written again after it was deleted', async () => {
    const path = newPath()
    const store = await storeAt(path)
    rmSync(path)
    await store.refresh()
    expect(store.list()).toEqual([preset])
    await store.add(orders)
    expect((inFile(path) as { name: string }[]).map(({ name }) => name)).toEqual(['Track Calls', 'Orders'])
  })
})
