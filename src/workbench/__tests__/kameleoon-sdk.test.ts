import { KameleoonClient, type IExternalRequester } from '@kameleoon/javascript-sdk'
import { apiOf } from './call-api'
import { endWorkbenches, runningWorkbench } from './running-workbench'

const SITE_CODE = 'emulated01'

/** What the SDK expects of a browser; it is imported for a page. */
const BROWSER = {
  navigator: { userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' },
  document: { addEventListener: () => undefined, cookie: '' },
  window: { addEventListener: () => undefined, location: { href: 'https://shop.example.com/' } }
}

beforeAll(() => {
  for (const [name, value] of Object.entries(BROWSER)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
  }
})

afterEach(endWorkbenches)

/** Sends every request of the SDK to the emulator, whichever of Kameleoon's hosts it names. */
function requesterTo(url: string): IExternalRequester {
  const { protocol, host } = new URL(url)
  return {
    sendRequest: async ({ url: asked, parameters }: { url: string; parameters: object }) => {
      const redirected = Object.assign(new URL(asked), { protocol, host })
      const response = await fetch(redirected, parameters)
      const text = await response.text()
      // The SDK reads the body of a failure more than once.
      return { ...headOf(response), text: () => Promise.resolve(text), json: () => Promise.resolve(JSON.parse(text) as unknown) }
    }
  } as unknown as IExternalRequester
}

function headOf({ ok, status, statusText, headers }: Response) {
  return { ok, status, statusText, headers }
}

/** The genuine SDK, initialised against the emulator of a running workbench. */
async function sdkAt(url: string): Promise<KameleoonClient> {
  const stored = new Map<string, unknown>()
  const client = new KameleoonClient({
    siteCode: SITE_CODE,
    externals: {
      requester: requesterTo(url),
      storage: {
        read: (key: string) => stored.get(key) ?? null,
        write: (key: string, value: unknown) => void stored.set(key, value)
      }
    }
  } as unknown as ConstructorParameters<typeof KameleoonClient>[0])
  await client.initialize()
  return client
}

/** A workbench that has taken these calls over Segment's Tracking API, as a library would send them. */
async function having(...batch: object[]) {
  const workbench = await runningWorkbench()
  const taken = await workbench.track('/v1/batch', { batch })
  expect(taken.status).toBe(200)
  await workbench.context.delivery.idle()
  expect(workbench.context.emulator.thrownAway).toEqual([])
  return { ...workbench, sdk: await sdkAt(workbench.context.emulator.url), call: apiOf(workbench) }
}

const traits = { kameleoonVisitorCode: 'visitor1', plan: 'Gold', seats: 3, tags: ['a', 'b'], address: { city: 'Köln' } }

describe('the genuine @kameleoon/javascript-sdk', () => {
  it('reads back the traits that an identify call stored, under the visitor code and the user id', async () => {
    const { sdk } = await having({ type: 'identify', userId: 'user1', traits })
    const { kameleoonVisitorCode: _, ...kept } = traits
    expect(await sdk.getRemoteData('IDENTIFY_visitor1')).toEqual(kept)
    expect(await sdk.getRemoteData('IDENTIFY_user1')).toEqual(kept)
  })

  it('reads back what a group call stored, beside the traits', async () => {
    const { sdk } = await having(
      { type: 'identify', userId: 'visitor2', traits: { plan: 'Gold' } },
      { type: 'group', userId: 'visitor2', groupId: 'group-9', traits: { name: 'Initech' } }
    )
    expect(await sdk.getRemoteData('IDENTIFY_visitor2')).toEqual({
      plan: 'Gold',
      groupId: 'group-9',
      group: { name: 'Initech' }
    })
  })

  it('reads back the audiences that a visitor has entered and not left', async () => {
    const engage = (event: string, key: string) => ({
      type: 'track',
      event,
      userId: 'visitor3',
      properties: { audience_key: key, [key]: event === 'Audience Entered' },
      context: { personas: { computation_class: 'audience', computation_key: key } }
    })
    const { sdk } = await having(
      engage('Audience Entered', 'buyers'),
      engage('Audience Entered', 'readers'),
      engage('Audience Exited', 'readers')
    )
    expect(await sdk.getRemoteData('COHORTS_visitor3')).toEqual({ buyers: true })
  })

  it('gets nothing for a visitor nobody told of', async () => {
    const { sdk } = await having({ type: 'identify', userId: 'user1', traits })
    expect(await sdk.getRemoteData('IDENTIFY_nobody')).toEqual({})
  })

  it('reads back what track calls converted, as the page shows it too', async () => {
    const { sdk, call } = await having(
      { type: 'track', event: 'Order Completed', userId: 'visitor4', properties: { revenue: 25.5 } },
      { type: 'track', event: 'Order Completed', userId: 'visitor4', properties: { revenue: 4.5 } },
      { type: 'track', event: 'Order Refunded', userId: 'visitor4', properties: { revenue: 4.5 } }
    )
    const filter = { currentVisit: true, conversions: true, customData: true, pageViews: true }
    const data = await sdk.getRemoteVisitorData({ visitorCode: 'visitor4', shouldAddData: false, filters: filter })
    const read = data
      .map((one) => one as unknown as Record<string, unknown>)
      .filter(({ goalId }) => goalId !== undefined)
      .map(({ goalId, revenue, negative }) => ({ goalId, revenue, negative }))
    const { body } = await call('GET /visitors/visitor4')
    const shown = (body as { conversions: typeof read }).conversions
    expect(read).toHaveLength(3)
    expect(read.map(({ revenue, negative }) => [revenue, negative]).sort()).toEqual([[25.5, false], [4.5, false], [4.5, true]])
    expect(shown.map(({ goalId, revenue, negative }) => ({ goalId, revenue, negative }))).toEqual(expect.arrayContaining(read))
  })
})
