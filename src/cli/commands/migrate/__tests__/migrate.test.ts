import { readFileSync, writeFileSync } from 'fs'
import { join } from 'path'
import { readMappingFile } from '../../../../segment-host'
import kameleoon from '../../../../destinations/kameleoon'
import { DEFAULT_EXPORT, officialExport, officialSubscription } from './official-export'
import { command, delivered, folder, migrated } from './run-migrate'

const timestamp = '2026-03-02T09:00:00.000Z'

describe('what migrate writes', () => {
  it('goes to standard output, the report to standard error, and back into deliver', async () => {
    const { code, printed, said } = await command(['migrate', '-'], JSON.stringify(DEFAULT_EXPORT))
    expect(code).toBe(0)
    expect(said).toContain('Nothing needs a human.')
    const file = join(folder, 'printed.json')
    writeFileSync(file, printed)
    expect(readMappingFile(file, kameleoon)).toHaveLength(4)
  })

  it('is delivered with the user’s changes at work', async () => {
    const orders = officialSubscription(
      'logEvent',
      {
        kameleoonVisitorCode: { '@path': '$.context.externalCode' },
        event: { '@template': 'Order Completed' },
        properties: { revenue: { '@path': '$.properties.amount' } }
      },
      { name: 'Orders', trigger: 'event = "Bought"' }
    )
    const traits = officialSubscription('identify', { properties: { plan: { '@path': '$.traits.details.plan' } } })
    expect((await migrated(officialExport(orders, traits))).code).toBe(0)
    const context = { externalCode: 'a7k2m9q4x1c8v5b3' }
    const { code, summary } = await delivered([
      { type: 'track', event: 'Bought', messageId: 'a', timestamp, context, properties: { amount: 12.5 } },
      { type: 'track', event: 'Left', messageId: 'b', timestamp, context },
      { type: 'identify', userId: 'u', messageId: 'c', timestamp, traits: { details: { plan: 'gold' } } }
    ])
    expect(code).toBe(0)
    expect(summary).toMatchObject({ delivered: 2, filtered: 1, rejected: 0 })
    const events = join(folder, 'events.ndjson')
    const { printed } = await command(['deliver', events, '--mapping', join(folder, 'out.json'), '--dry-run'])
    expect(printed).toContain('"revenue":12.5')
    expect(printed).toContain('"visitorCode":"a7k2m9q4x1c8v5b3"')
    expect(printed).toContain('"IDENTIFY_u":{"plan":"gold"}')
  })

  it('can be told to be written to a file, and says how to try it', async () => {
    const { said, printed } = await migrated(DEFAULT_EXPORT)
    expect(printed).toBe('')
    expect(said).toMatch(/The subscriptions are in .*out\.json; try them: deliver EVENTS --mapping .*out\.json\n$/)
  })
})

describe('what the Public API returns', () => {
  const one = officialSubscription('page')
  it.each([
    ['a list', { data: { subscriptions: [one] } }],
    ['one subscription', { data: { subscription: one } }],
    ['one that was just made', { data: { destinationSubscription: one } }],
    ['a bare list', [one]],
    ['settings as text, as Terraform keeps them', [{ ...one, settings: JSON.stringify(one.settings) }]]
  ])('is understood as %s', async (_, content) => {
    const { code, subscriptions } = await migrated(content)
    expect(code).toBe(0)
    expect(subscriptions).toMatchObject([{ partnerAction: 'pageEvent', mapping: { name: { '@path': '$.name' } } }])
  })
})

describe('wrong usage ends with 2 and says what to do', () => {
  const officialDestination = { data: { destination: { metadata: { id: '652ea51a327a62b351aa12c0' }, settings: {} } } }
  it.each([
    ['no JSON', '{', [], 'is not JSON'],
    ['neither of the two', { hello: 1 }, [], 'neither subscriptions of the official destination nor settings'],
    ['the destination in place of its subscriptions', officialDestination, [], '/destinations/{id}/subscriptions'],
    ['settings said to be official', { sitecode: 'abc123def4' }, ['--from', 'official'], 'no subscriptions in it'],
    ['an entry that is no subscription', [1], [], 'subscription 1 is not an object'],
    ['an unknown origin', [], ['--from', 'elsewhere'], 'Allowed choices are official, classic']
  ])('%s', async (_, content, options, text) => {
    const { code, said } = await migrated(content, ...options)
    expect(code).toBe(2)
    expect(said).toContain(text)
  })

  it('a file that is not there, and one that would be overwritten', async () => {
    const missing = join(folder, 'missing.json')
    expect(await command(['migrate', missing])).toMatchObject({
      code: 2,
      said: expect.stringContaining('ENOENT') as string
    })
    const file = join(folder, 'same.json')
    writeFileSync(file, JSON.stringify(DEFAULT_EXPORT))
    const { code, said } = await command(['migrate', file, '--out', file])
    expect(code).toBe(2)
    expect(said).toContain('would overwrite')
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(DEFAULT_EXPORT)
  })
})
