import type { KameleoonClient } from '@kameleoon/javascript-sdk'
import type { Emulator } from '../../emulator'
import { apiOf } from './call-api'
import { endWorkbenches, runningWorkbench } from './running-workbench'

interface ServerSdk {
  client: KameleoonClient
  end(): void
}

// Its folder is compiled with the types of browsers, so that it cannot be imported by name here.
const { serverSdk } = jest.requireActual<{ serverSdk: (emulator: Emulator) => Promise<ServerSdk> }>(
  '../../analytics-plugin/__tests__/server-sdk'
)

const started: ServerSdk[] = []

afterEach(async () => {
  started.splice(0).forEach((sdk) => sdk.end())
  await endWorkbenches()
})

/** A workbench that has taken these calls over Segment's Tracking API, as a library would send them. */
async function having(...batch: object[]) {
  const workbench = await runningWorkbench()
  const taken = await workbench.track('/v1/batch', { batch })
  expect(taken.status).toBe(200)
  await workbench.context.delivery.idle()
  expect(workbench.context.emulator.discarded).toEqual([])
  const sdk = await serverSdk(workbench.context.emulator)
  started.push(sdk)
  return { sdk: sdk.client, call: apiOf(workbench) }
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
    expect(read.map(({ revenue, negative }) => [revenue, negative]).sort()).toEqual([
      [25.5, false],
      [4.5, false],
      [4.5, true]
    ])
    expect(shown.map(({ goalId, revenue, negative }) => ({ goalId, revenue, negative }))).toEqual(
      expect.arrayContaining(read)
    )
  })
})
