import { mkdtempSync, writeFileSync } from 'fs'
import { tmpdir } from 'os'
import { join } from 'path'
import { readMappingFile, type Subscription, UsageError } from '..'
import { smallDestination } from './small-destination'

const path = join(mkdtempSync(join(tmpdir(), 'mapping-')), 'mapping.json')
const { definition } = smallDestination()

function read(content: unknown): Subscription[] {
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return readMappingFile(path, definition)
}

const orders = {
  name: 'Orders',
  partnerAction: 'take',
  subscribe: 'type = "track" and event = "Order Completed"',
  mapping: { id: { '@path': '$.messageId' } }
}

describe('reading a mapping file', () => {
  it('takes an array of subscriptions, and an object that holds one', () => {
    expect(read([orders])).toEqual([orders])
    expect(read({ subscriptions: [orders] })).toEqual([orders])
  })

  it.each([
    [true, { id: 'a' }],
    [false, { id: 'a', visitorFallback: 'user id' }]
  ])('reads the former switch "linkedVisitors" (%s) as what has replaced it', (linkedVisitors, mapping) => {
    const fields = {
      ...definition.actions.take.fields,
      visitorFallback: { label: '', description: '', type: 'string' }
    }
    const actions = { take: { ...definition.actions.take, fields } }
    writeFileSync(path, JSON.stringify([{ ...orders, mapping: { id: 'a', linkedVisitors } }]))
    const known = { ...definition, actions } as unknown as typeof definition
    expect(readMappingFile(path, known)).toEqual([{ ...orders, mapping }])
  })

  it('leaves out what is not enabled', () => {
    expect(
      read([
        { ...orders, enabled: false },
        { ...orders, name: 'Kept', enabled: true }
      ])
    ).toEqual([{ ...orders, name: 'Kept' }])
  })

  it('fills in the defaults of the action where there is no mapping, as Segment does', () => {
    expect(read([{ partnerAction: 'take', subscribe: 'type = "page"' }])).toEqual([
      {
        name: 'take',
        partnerAction: 'take',
        subscribe: 'type = "page"',
        mapping: { id: { '@path': '$.messageId' }, data: { '@path': '$.properties' } }
      }
    ])
  })

  it('takes the keys that Segment itself writes into mappings', () => {
    const mapping = { ...orders.mapping, __segment_internal_sync_mode: 'add' }
    expect(read([{ ...orders, mapping }])[0].mapping).toEqual(mapping)
  })

  const first = 'subscription 1 ("Orders"): '
  it.each([
    [
      'an unknown action',
      [{ ...orders, partnerAction: 'give' }],
      `${first}unknown partnerAction "give"; there are take`
    ],
    ['a name every object has', [{ ...orders, partnerAction: 'constructor' }], 'unknown partnerAction "constructor"'],
    ['a query that is none', [{ ...orders, subscribe: 'tracks' }], `${first}cannot parse "subscribe": tracks`],
    ['a query that breaks off', [{ ...orders, subscribe: 'type =' }], `${first}cannot parse "subscribe": type =`],
    ['no query', [{ ...orders, subscribe: undefined }], `${first}"subscribe" must be text, got nothing`],
    [
      'an unknown key',
      [{ ...orders, mapping: { id: 'a', ident: 1 } }],
      `${first}"mapping" has "ident", which take does`
    ],
    ['a missing key', [{ ...orders, mapping: { data: {} } }], `${first}"mapping" lacks "id", which take requires`],
    ['a mapping that is a list', [{ ...orders, mapping: [] }], `${first}"mapping" must be an object, got an array`],
    [
      'an unknown directive',
      [{ ...orders, mapping: { id: { '@nope': 1 } } }],
      `${first}"mapping" is not valid: /id has an invalid directive: @nope`
    ],
    [
      'a flag that is text',
      [{ ...orders, enabled: 'no' }],
      '"enabled" must be true or false, got a value of type string'
    ],
    ['an entry that is text', [orders, 'x'], 'subscription 2: expected an object, got a value of type string'],
    ['no list', { mappings: [] }, 'expected an array of subscriptions, or an object with it under "subscriptions"'],
    ['nothing enabled', [{ ...orders, enabled: false }], 'no subscription is enabled'],
    ['no JSON', '{', 'Cannot read the mapping file']
  ])('rejects %s', (_, content, message) => {
    expect(() => read(content)).toThrow(UsageError)
    expect(() => read(content)).toThrow(message)
  })

  it('names the file that cannot be read', () => {
    expect(() => readMappingFile('/nowhere/mapping.json', definition)).toThrow(
      'Cannot read the mapping file /nowhere/mapping.json: ENOENT'
    )
  })
})
