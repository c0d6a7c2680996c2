import createDebug from 'debug'
import { format } from 'util'
import type { DestinationDefinition, JSONObject } from '@segment/actions-core'
import { connectTo, startEmulator } from '../../emulator'
import { hostDestination, runDelivery, type SourceLine } from '..'

const API_KEY = Buffer.from(JSON.stringify({ id: 'some-client', secret: 'hidden-secret-1' })).toString('base64')
const field = { label: 'Field', description: 'A field.' }

const definition: DestinationDefinition<JSONObject> = {
  name: 'Talkative',
  mode: 'cloud',
  authentication: { scheme: 'custom', fields: { apiKey: { ...field, type: 'password', required: true } } },
  actions: {
    send: {
      title: 'Send',
      description: 'Sends.',
      fields: { id: { ...field, type: 'string', default: { '@path': '$.messageId' } } },
      perform: () => undefined,
      performBatch: (request) =>
        request(`https://eu-data.kameleoon.io/visit/events?siteCode=emulated01&visitorCode=visitor-1&token=hidden-2`, {
          method: 'POST',
          headers: { authorization: 'Bearer hidden-3', 'user-agent': 'Mozilla/5.0 (X11; rv:133.0) Firefox/133.0' },
          json: { hidden: 'hidden-4', key: API_KEY }
        })
    }
  }
}

describe('debug output', () => {
  const lines: string[] = []
  const { log } = createDebug
  beforeEach(() => {
    lines.length = 0
    createDebug.log = (...args: unknown[]) => void lines.push(format(...args))
    createDebug.enable('kameleoon:*')
  })
  afterEach(() => {
    createDebug.disable()
    createDebug.log = log
  })

  async function deliver(fault: object): Promise<string> {
    const emulator = await startEmulator()
    emulator.faults.add({ path: '/visit/events', times: 1, ...fault })
    const place = { number: 1, file: 'events', line: 1, checksum: 0 }
    const event: SourceLine = { kind: 'event', ...place, text: '{"type":"track"}', bytes: 16, event: { type: 'track' } }
    await runDelivery([[event]], {
      destination: { name: 'Talkative' },
      subscriptions: [{ name: 'All', partnerAction: 'send', subscribe: 'type = "track"', mapping: {} }],
      send: hostDestination(connectTo(definition, emulator), { apiKey: API_KEY }),
      retry: { retries: 1, firstDelayMs: 20, wait: () => Promise.resolve(), random: () => 1 }
    })
    await emulator.close()
    return lines.join('\n')
  }

  it('has requests, batches, retries and pauses', async () => {
    const text = await deliver({ status: 503 })
    expect(text).toMatch(/POST eu-data\.kameleoon\.io\/visit\/events\?siteCode=emulated01 503 \d+ ms/)
    expect(text).toContain('All: batch of 1 sent, 0 settled, 1 to send again')
    expect(text).toContain('All: retry 1 of 1 events in 20 ms, status 503')
    expect(text).toMatch(/POST eu-data\.kameleoon\.io\/visit\/events\?siteCode=emulated01 401 \d+ ms/)
    expect(text).toContain('All: batch of 1 sent, 1 settled, 0 to send again')
  })

  it.each([
    ['is answered', {}],
    ['is rejected', { status: 503, body: { message: `hidden-5 ${API_KEY}` } }],
    ['has no answer', { reset: 'after' }]
  ])('contains no secret when a request %s', async (_how, fault) => {
    const text = await deliver(fault)
    expect(text).toContain('/visit/events')
    for (const secret of ['hidden', API_KEY, 'visitor-1', 'some-client']) expect(text).not.toContain(secret)
  })

  it('is not written unless it is switched on', async () => {
    createDebug.disable()
    expect(await deliver({ status: 503 })).toBe('')
  })
})
