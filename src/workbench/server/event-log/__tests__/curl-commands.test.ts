import { execFile } from 'child_process'
import { promisify } from 'util'
import { endWorkbenches, runningWorkbench } from '../../../__tests__/running-workbench'
import { commandsOf } from '../curl-commands'

const run = promisify(execFile)

afterEach(endWorkbenches)

const ORDER = { type: 'track', event: 'Order Completed', userId: 'ana', properties: { revenue: 5, note: "it's" } }

async function deliveredOrder() {
  const workbench = await runningWorkbench()
  await workbench.track('/v1/track', ORDER)
  await workbench.context.delivery.idle()
  const { deliveries } = await workbench.detail(1)
  const { exchanges } = deliveries.flatMap(({ attempts }) => attempts)[0]
  const found = exchanges.find(({ request }) => request.url.includes('/visit/events'))
  if (!found) throw new Error('The order was not sent')
  return { workbench, request: found.request }
}

describe('the commands of a request to the emulator', () => {
  it('name the address to which it went, and where Kameleoon would be', async () => {
    const { workbench, request } = await deliveredOrder()
    const { url } = workbench.context.emulator
    expect(request.sentTo).toBe(request.url.replace('https://eu-data.kameleoon.io', url))
    expect(request.curl).toContain(`curl -X POST '${url}/visit/events?`)
  })

  it('work as they are in a shell: they get a token and send the same events', async () => {
    const { workbench, request } = await deliveredOrder()
    const { emulator } = workbench.context
    const before = emulator.tokensIssued
    const { stdout } = await run('/bin/sh', ['-c', `${request.tokenCurl}\n${request.curl} -s -w '%{http_code}'`])
    expect(stdout).toBe('204')
    expect(emulator.tokensIssued).toBe(before + 1)
    expect(emulator.duplicates).toMatchObject([{ count: 2 }])
    expect(emulator.visitor('ana')?.conversions).toHaveLength(1)
  })

  it('contain no secret', async () => {
    const { workbench, request } = await deliveredOrder()
    const { secret, id } = JSON.parse(Buffer.from(workbench.context.emulator.apiKey, 'base64').toString()) as {
      secret: string
      id: string
    }
    expect(request.tokenCurl).toContain('client_secret=YOUR_CLIENT_SECRET')
    for (const hidden of [secret, id]) expect(`${request.tokenCurl} ${request.curl}`).not.toContain(hidden)
  })
})

describe('the commands of a request to the real Kameleoon', () => {
  const exchange = {
    ...{
      id: '1',
      at: 0,
      milliseconds: 0,
      method: 'POST',
      url: 'https://eu-data.kameleoon.io/visit/events?siteCode=abc'
    },
    ...{ body: '[]', response: null, error: null }
  }

  it('go to its own addresses', () => {
    const { curl, tokenCurl, sentTo } = commandsOf({ ...exchange, headers: { authorization: '<redacted>' } }, null)
    expect(sentTo).toBeNull()
    expect(curl).toContain("curl -X POST 'https://eu-data.kameleoon.io/visit/events?siteCode=abc'")
    expect(curl).toContain('Bearer $TOKEN')
    expect(tokenCurl).toContain("curl -s -X POST 'https://api.kameleoon.com/oauth/token'")
  })

  it('have none for a token where the request needs none', () => {
    expect(commandsOf({ ...exchange, headers: { 'content-length': '2' } }, null)).toMatchObject({
      tokenCurl: null,
      curl: expect.not.stringContaining('content-length') as string
    })
  })
})
