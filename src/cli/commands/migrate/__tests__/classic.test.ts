import kameleoon from '../../../../destinations/kameleoon'
import { delivered, migrated } from './run-migrate'

const apiKey = Buffer.from(JSON.stringify({ id: 'not-real', secret: 'not-real-either' })).toString('base64')

/** An answer of `GET /destinations/{id}`. */
function classic(settings: object, fields: object = {}): object {
  const metadata = { id: '609b99352cc613d05627620e', name: 'Kameleoon', slug: 'kameleoon' }
  return { data: { destination: { id: 'd1', name: 'Kameleoon', enabled: true, metadata, settings, ...fields } } }
}

const timestamp = '2026-03-02T09:00:00.000Z'

describe('migrating the classic destination', () => {
  it('gives the presets, screens included, and says what replaces what', async () => {
    const { code, said, subscriptions } = await migrated(classic({ apiKey, sitecode: 'abc123def4' }))
    expect(code).toBe(0)
    expect(subscriptions.map(({ name, partnerAction, subscribe }) => [name, partnerAction, subscribe])).toEqual([
      ['Track Calls', 'logEvent', 'type = "track"'],
      ['Page Calls', 'pageEvent', 'type = "page"'],
      ['Group Calls', 'groupEvent', 'type = "group"'],
      ['Identify Calls', 'identifyEvent', 'type = "identify"'],
      ['Screen Calls', 'logEvent', 'type = "screen"']
    ])
    expect(said).toContain('5 subscriptions take the place of the classic Kameleoon destination.')
    expect(said).toMatch(/│ Screen Calls +│ screen +│ logEvent /)
    expect(said).toMatch(/│ Group Calls +│ \(new\) +│ groupEvent /)
    expect(said).toMatch(/│ k_visitorCode on each call +│ Read from properties, traits and context traits/)
    expect(said).toContain('a visitor must send "Kameleoon identifier" once more')
    expect(said).toContain('Nothing needs a human.')
  })

  it('delivers what the classic one took: a code on each call, a linked user, and a screen', async () => {
    const { subscriptions } = await migrated(classic({ apiKey, sitecode: 'abc123def4' }))
    for (const { mapping } of subscriptions) expect(mapping.visitorFallback).toBe('linked visitor, else user id')
    const call = (messageId: string, fields: object): object => ({ messageId, timestamp, ...fields })
    const k_visitorCode = 'oa16i4syt2ve3b0z'
    const { code, summary } = await delivered([
      call('a', { type: 'page', name: 'Home', properties: { k_visitorCode, url: 'https://shop.example.com/' } }),
      call('b', { type: 'screen', name: 'Home', properties: { k_visitorCode } }),
      call('c', { type: 'track', event: 'Login Button Clicked', properties: { k_visitorCode } }),
      call('d', {
        type: 'track',
        event: 'Kameleoon identifier',
        anonymousId: 'anonymous-1',
        properties: { k_visitorCode }
      })
    ])
    expect(code).toBe(0)
    expect(summary).toMatchObject({ delivered: 4, rejected: 0 })
  })

  it.each([
    ['a site code of another form', { apiKey, sitecode: 'ABC' }, 'the sitecode "ABC" does not have 10 lower-case'],
    ['a key hidden by the API', { apiKey: '••••••••••dada', sitecode: 'abc123def4' }, 'since the Public API hides it'],
    [
      'a key of another form',
      { 'API Key': 'zzzz', Sitecode: 'abc123def4' },
      'does not work here: API Key does not decode'
    ],
    [
      'another setting',
      { apiKey, siteCode: 'abc123def4', region: 'EU' },
      '"region" is a setting that has no counterpart'
    ]
  ])('says what a human must do about %s, and never shows the key', async (_, settings, text) => {
    const { code, said } = await migrated(classic(settings))
    expect(code).toBe(1)
    expect(said).toContain(text)
    expect(said).not.toContain('zzzz')
    expect(said).not.toContain(apiKey)
  })

  it('takes the settings alone, and says so when the destination was off', async () => {
    expect((await migrated({ apiKey, sitecode: 'abc123def4' }, '--from', 'classic')).code).toBe(0)
    const { said } = await migrated(classic({ apiKey, sitecode: 'abc123def4' }, { enabled: false }))
    expect(said).toContain('The classic destination is switched off; these subscriptions are enabled.')
  })

  it('emits every automatic preset of the definition', async () => {
    const { subscriptions } = await migrated({ apiKey, sitecode: 'abc123def4' })
    const automatic = kameleoon.presets?.filter(({ type }) => type === 'automatic') ?? []
    expect(subscriptions.map(({ name }) => name)).toEqual(automatic.map(({ name }) => name))
  })
})
