import { Analytics } from '@segment/analytics-node'
import { endWorkbenches, runningWorkbench } from './running-workbench'

afterEach(endWorkbenches)

const EVENTS = 10_000

describe('the genuine @segment/analytics-node', () => {
  it('delivers ten thousand events, none lost, each once', async () => {
    const { address, context, state } = await runningWorkbench()
    const errors: unknown[] = []
    // On a busy machine an answer may take longer than the default of ten seconds, and the client would send a batch twice.
    const analytics = new Analytics({
      writeKey: 'test-write-key',
      host: address,
      flushAt: 500,
      maxEventsInBatch: 500,
      httpRequestTimeout: 60_000
    })
    analytics.on('error', (error) => errors.push(error))
    for (let index = 0; index < EVENTS; index++) {
      const properties = { kameleoonVisitorCode: `visitor${index % 1_000}`, order_id: `order-${index}`, revenue: 1 }
      analytics.track({ userId: `user-${index}`, event: 'Order Completed', properties })
    }
    await analytics.closeAndFlush({ timeout: 60_000 })
    await context.delivery.idle()

    expect(errors).toEqual([])
    expect((await state()).counts).toEqual({
      ...{ received: EVENTS, waiting: 0, retrying: 0, delivered: EVENTS, filtered: 0, rejected: 0, discarded: 0 }
    })
    const { emulator } = context
    expect(emulator.totals.events).toEqual({ CONVERSION: EVENTS })
    expect(emulator.totals.duplicates).toBe(0)
    const orders = emulator.visitors().map((code) => emulator.visitor(code)?.conversions.length)
    expect(orders).toEqual(Array<number>(1_000).fill(EVENTS / 1_000))
  }, 120_000)

  it('gives every call its type, messageId and times', async () => {
    const { address, context, detail } = await runningWorkbench()
    const analytics = new Analytics({ writeKey: 'test-write-key', host: address })
    const timestamp = new Date('2026-01-02T03:04:05.000Z')
    const traits = { kameleoonVisitorCode: 'visitor-one', plan: 'Gold' }
    analytics.identify({ userId: 'user-1', traits, timestamp, messageId: 'message-1' })
    analytics.page({ userId: 'user-1', name: 'Home' })
    await analytics.closeAndFlush()
    await context.delivery.idle()

    const { event, summary } = await detail(1)
    expect(summary).toMatchObject({
      ...{ type: 'identify', visitorCode: 'visitor-one', messageId: 'message-1', status: 'delivered', attempts: 1 },
      origin: 'tracking-api'
    })
    expect(event).toMatchObject({ type: 'identify', userId: 'user-1', traits, messageId: 'message-1' })
    expect(event).toMatchObject({
      originalTimestamp: timestamp.toISOString(),
      context: { library: { name: '@segment/analytics-node' } }
    })
    expect(Math.abs(Date.parse(String(event.timestamp)) - timestamp.getTime())).toBeLessThan(5_000)
    expect(event).not.toHaveProperty('writeKey')
    expect(context.emulator.map('IDENTIFY_visitor-one')).toMatchObject({ plan: 'Gold' })
    expect((await detail(2)).event).toMatchObject({ type: 'page', name: 'Home', userId: 'user-1' })
  })
})
