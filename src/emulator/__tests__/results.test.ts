import { startEmulator, type Emulator, type Handled } from '..'
import type { EmulatorInput } from '..'

let emulator: Emulator
const handled: Handled[] = []
const HEADERS = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0',
  'content-type': 'application/json'
}

async function start(options: EmulatorInput = {}): Promise<void> {
  emulator = await startEmulator({ ...options, onHandled: (one) => handled.push(one) })
}

afterEach(async () => {
  handled.length = 0
  await emulator.close()
})

function post(path: string, body: unknown): Promise<Response> {
  const separator = path.includes('?') ? '&' : '?'
  const url = `${emulator.url}${path}${separator}siteCode=${emulator.sitecode}`
  return fetch(url, { method: 'POST', headers: HEADERS, body: JSON.stringify(body) })
}

function page(nonce: string, fields: object = {}) {
  return { eventType: 'PAGE', visitorCode: 'visitor-1', nonce, href: 'https://shop.example.com/', ...fields }
}

describe('what became of each part of a body', () => {
  it('is reported for every visit event, in order, with the reason', async () => {
    await start()
    const events = [
      page('00000000000000AA'),
      page('00000000000000aa'),
      page('00000000000000AA', { href: 'https://shop.example.com/other' }),
      page('00000000000000BB', { title: 't'.repeat(300) }),
      {
        eventType: 'CONVERSION',
        visitorCode: 'visitor-1',
        nonce: '00000000000000CC',
        goalId: 4711,
        revenue: 0,
        negative: false
      },
      'text'
    ]
    await post('/visit/events?json=true', events)
    expect(handled).toHaveLength(1)
    expect(handled[0]).toMatchObject({ path: '/visit/events', body: JSON.stringify(events) })
    expect(handled[0].results.map(({ what, key, kind, reason }) => [what, key, kind, reason])).toEqual([
      ['PAGE', '00000000000000AA', 'kept', null],
      ['PAGE', '00000000000000AA', 'duplicate', 'stored before'],
      ['PAGE', '00000000000000AA', 'discarded', 'nonce of another event'],
      ['PAGE', '00000000000000BB', 'kept', 'cut to 200 characters (title)'],
      ['CONVERSION', '00000000000000CC', 'discarded', 'goal unknown in this project (goalId)'],
      ['unreadable', '', 'discarded', 'event is not an object']
    ])
    expect(handled[0].results[0]).toMatchObject({
      visitorCode: 'visitor-1',
      value: { href: 'https://shop.example.com/' }
    })
  })

  it('is reported for every map, with what is stored then', async () => {
    await start()
    await post('/map/maps', { KEY_1: { plan: 'Gold' }, KEY_2: 'text' })
    await post('/map/maps', { KEY_1: { city: 'Paris' } })
    expect(handled.map(({ results }) => results)).toEqual([
      [
        { what: 'map', key: 'KEY_1', visitorCode: null, kind: 'kept', reason: null, value: { plan: 'Gold' } },
        {
          what: 'map',
          key: 'KEY_2',
          visitorCode: null,
          kind: 'discarded',
          reason: 'map is not a JSON object',
          value: 'text'
        }
      ],
      [
        {
          what: 'map',
          key: 'KEY_1',
          visitorCode: null,
          kind: 'kept',
          reason: null,
          value: { plan: 'Gold', city: 'Paris' }
        }
      ]
    ])
  })

  it('is not reported for what was rejected or cut off before', async () => {
    await start()
    emulator.faults.add({ path: '/visit/events', status: 500, times: 1 })
    await post('/visit/events?json=true', [page('00000000000000AA')])
    emulator.faults.add({ path: '/visit/events', reset: 'before', times: 1 })
    await expect(post('/visit/events?json=true', [page('00000000000000AA')])).rejects.toThrow()
    expect(handled).toEqual([])
  })
})

describe('forgetData', () => {
  it('forgets visitors, maps, nonces and recordings, and keeps goals, tokens and faults', async () => {
    await start()
    emulator.addGoal({ name: 'Kept' })
    emulator.faults.add({ path: '/nowhere', status: 500 })
    await post('/visit/events?json=true', [page('00000000000000AA'), 'text'])
    await post('/map/maps', { KEY_1: { plan: 'Gold' } })
    emulator.forgetData()
    expect([emulator.visitors(), emulator.maps(), emulator.discarded, emulator.requests]).toEqual([[], {}, [], []])
    expect(emulator.goals.map(({ name }) => name)).toContain('Kept')
    expect(emulator.faults.list()).toHaveLength(1)
    await post('/visit/events?json=true', [page('00000000000000AA')])
    expect(emulator.visitor('visitor-1')?.pages).toHaveLength(1)
    expect(emulator.totals.duplicates).toBe(0)
  })
})
