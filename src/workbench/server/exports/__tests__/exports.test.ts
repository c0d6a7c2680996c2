import { writeFileSync } from 'fs'
import { join } from 'path'
import kameleoon from '../../../../destinations/kameleoon'
import { openEvents } from '../../../../event-files/open-events'
import { readMappingFile } from '../../../../segment-host'
import { endWorkbenches, newFolder, runningWorkbench } from '../../../__tests__/running-workbench'
import { csvOf } from '../csv'

afterEach(endWorkbenches)

const order = (visitor: string, properties: object) => ({
  ...{ type: 'track', event: 'Order Completed', userId: visitor },
  properties: { kameleoonVisitorCode: visitor, ...properties }
})

async function withOrders() {
  const workbench = await runningWorkbench()
  await workbench.send('POST', '/api/events', {
    events: [
      order('=cmd|evil', { revenue: 49.9, currency: 'EUR' }),
      { ...order('visitor-2', { revenue: 5, currency: 'USD' }), event: 'Order Refunded' },
      { type: 'identify', userId: 'Zoë', traits: { kameleoonVisitorCode: 'visitor-2', note: 'a, "b"\nc' } },
      { type: 'track', event: 'Signed Up', anonymousId: 'nobody' }
    ]
  })
  await workbench.context.delivery.idle()
  const text = async (path: string): Promise<string> => (await fetch(`${workbench.address}/api/exports/${path}`)).text()
  return { ...workbench, text }
}

describe('saved files', () => {
  it('have the events of the list as Segment completes them, which deliver can read', async () => {
    const { text, detail } = await withOrders()
    const path = join(newFolder(), 'events.ndjson')
    writeFileSync(path, await text('events.ndjson'))
    const read = []
    for await (const lines of (await openEvents([path])).portions()) read.push(...lines)
    expect(read.map((line) => line.kind === 'event' && line.event)).toEqual(
      await Promise.all([1, 2, 3, 4].map(async (number) => (await detail(number)).event))
    )
  })

  it('have only the events that match the search', async () => {
    const { text } = await withOrders()
    const lines = (await text('events.ndjson?q=status:failed')).trim().split('\n')
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([{ event: 'Signed Up' }])
  })

  it('are offered under a name, and are not shown as a page', async () => {
    const { address } = await withOrders()
    const { headers } = await fetch(`${address}/api/exports/kameleoon/conversions`)
    expect(headers.get('content-disposition')).toBe('attachment; filename="kameleoon-conversions.csv"')
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8')
  })

  it('have every conversion with amount and the currency of its event, and no formula', async () => {
    const { text } = await withOrders()
    const table = rowsOf(await text('kameleoon/conversions'))
    expect(table[0]).toEqual('time,visitor,goal id,goal,amount,currency,refund')
    expect(table.slice(1).map((row) => row.replace(/^[^,]+,/, ''))).toEqual([
      expect.stringMatching(/^'=cmd\|evil,\d+,Order Completed,49\.9,EUR,no$/),
      expect.stringMatching(/^visitor-2,\d+,[^,]*Order Refunded,-5,USD,yes$/)
    ])
  })

  it('have visitors, and stored data with commas, quotes and line breaks', async () => {
    const { text } = await withOrders()
    expect(await text('kameleoon/visitors')).toMatch(/\r\nvisitor-2,1,0,/)
    const stored = await text('kameleoon/stored-data')
    expect(stored).toContain('IDENTIFY_Zoë,Zoë,note,"a, ""b""\nc",')
  })

  it('have the custom data of every visitor', async () => {
    const { text, context, send } = await withOrders()
    const { index } = context.emulator.addCustomData({ index: 77, name: 'Plan' })
    const [{ id, ...draft }] = context.subscriptions.list()
    await send('PUT', `/api/subscriptions/${id}`, {
      ...draft,
      mapping: { ...draft.mapping, customData: { [index]: 'Gold' } }
    })
    await send('POST', '/api/events', { event: order('visitor-3', {}) })
    await context.delivery.idle()
    expect(rowsOf(await text('kameleoon/custom-data'))).toEqual([
      'visitor,index,custom data,value,times',
      `visitor-3,${index},Plan,Gold,1`
    ])
  })

  it('have the mappings as deliver reads them', async () => {
    const { text, context } = await withOrders()
    const path = join(newFolder(), 'mappings.json')
    writeFileSync(path, await text('mappings.json'))
    const names = context.subscriptions.list().map(({ name }) => name)
    expect(readMappingFile(path, kameleoon).map(({ name }) => name)).toEqual(names)
  })

  it.each([
    ['events.ndjson?q=status:lost', 400],
    ['kameleoon/secrets', 400]
  ])('are not made for %s', async (path, status) => {
    const { address } = await runningWorkbench()
    expect((await fetch(`${address}/api/exports/${path}`)).status).toBe(status)
  })
})

function rowsOf(csv: string): string[] {
  return csv.replace('\uFEFF', '').trim().split('\r\n')
}

describe('a table as CSV', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1'])('does not let %j run as a formula', (text) => {
    expect(csvOf(['head'], [[text]])).toMatch(/\r\n"?'/)
  })

  it('keeps numbers, also negative ones, and leaves out what is not there', () => {
    expect(csvOf(['a', 'b', 'c'], [[-1.5, null, 'x']])).toBe('\uFEFFa,b,c\r\n-1.5,,x\r\n')
  })
})
