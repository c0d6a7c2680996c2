import { UniqueIdentifier } from '@kameleoon/javascript-sdk'
import type { JSONObject } from '@segment/actions-core'
import { RunningDestination } from './destination'
import { serverSdk } from './server-sdk'

const CROSS_DEVICE = { visitorFallback: 'cross-device id' }
const USER = { userId: 'user1', anonymousId: 'anonymous-1', timestamp: '2026-01-31T12:00:00.000Z', context: {} }

let destination: RunningDestination

beforeEach(async () => {
  destination = await RunningDestination.start()
})
afterEach(() => destination.close())

const login = (messageId: string, kameleoonVisitorCode: string) =>
  destination.deliver({ type: 'identify', messageId, ...USER, traits: { kameleoonVisitorCode } }, CROSS_DEVICE)

const order = (messageId: string, properties: JSONObject) =>
  destination.deliver({ type: 'track', event: 'Order Completed', messageId, ...USER, properties }, CROSS_DEVICE)

/** The conversions that Kameleoon's genuine SDK reads for a user of all devices. */
async function conversionsOf(userId: string): Promise<unknown[]> {
  const sdk = await serverSdk(destination.emulator)
  sdk.client.addData(userId, new UniqueIdentifier(true))
  const filters = { currentVisit: true, conversions: true }
  const data = await sdk.client.getRemoteVisitorData({ visitorCode: userId, shouldAddData: false, filters })
  sdk.end()
  // The amount of a conversion is private in the SDK's types.
  const amounts = data.map((one) => (one as unknown as { revenue?: number }).revenue)
  return amounts.filter((revenue) => revenue !== undefined)
}

describe('the genuine @kameleoon/javascript-sdk', () => {
  it('reads back by the user id what two devices did, and what came without a visitor code', async () => {
    await login('i1', 'phone')
    await order('t1', { kameleoonVisitorCode: 'phone', revenue: 1 })
    await login('i2', 'laptop')
    await order('t2', { kameleoonVisitorCode: 'laptop', revenue: 2 })
    await order('t3', { revenue: 3 })
    await order('t4', { kameleoonVisitorCode: 'someoneelse', revenue: 4 })
    expect((await conversionsOf('user1')).sort()).toEqual([1, 2, 3])
    const reads = destination.emulator.requests.filter(({ path }) => path === '/visit/visitor')
    expect(reads.map(({ query }) => query.mappingValue)).toEqual(['user1'])
    expect(destination.emulator.discarded).toEqual([])
  })
})
