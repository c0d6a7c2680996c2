import { type IncomingMessage, get } from 'http'
import { endWorkbenches, runningWorkbench, until } from '../../__tests__/running-workbench'
import type { EventSummary, WorkbenchState } from '../../contract'

afterEach(endWorkbenches)

interface Message {
  event: string
  data: unknown
}

interface Reading {
  messages: Message[]
  headers: IncomingMessage['headers']
  ended: () => boolean
  of: (event: string) => unknown[]
}

function reading(address: string): Promise<Reading> {
  return new Promise((resolve, reject) => {
    const call = get(`${address}/api/stream`, (response) => {
      const messages: Message[] = []
      let text = ''
      let isEnded = false
      response.on('data', (part: Buffer) => {
        const blocks = (text + part.toString()).split('\n\n')
        text = blocks.pop() ?? ''
        messages.push(...blocks.flatMap(messageIn))
      })
      response.on('close', () => (isEnded = true))
      const of = (event: string): unknown[] =>
        messages.filter((message) => message.event === event).map(({ data }) => data)
      resolve({ messages, headers: response.headers, ended: () => isEnded, of })
    })
    call.on('error', reject)
  })
}

function messageIn(block: string): Message[] {
  const [, event, data] = /^event: (.*)\ndata: (.*)$/.exec(block) ?? []
  return event ? [{ event, data: JSON.parse(data) as unknown }] : []
}

const ORDER = { userId: 'user-1', event: 'Order Completed', properties: { kameleoonVisitorCode: 'visitor-1' } }

describe('the live stream', () => {
  it('sends the state at once, then every event until it is settled, and the state again', async () => {
    const { address, track } = await runningWorkbench()
    const stream = await reading(address)
    expect(stream.headers['content-type']).toBe('text/event-stream')
    await until(() => stream.of('state').length > 0, 'the first state')
    await track('/v1/track', ORDER)
    const last = (): EventSummary | undefined => (stream.of('summary') as EventSummary[]).pop()
    await until(() => last()?.status === 'delivered', 'the settled event')
    expect(last()).toMatchObject({ number: 1, type: 'track', name: 'Order Completed', visitorCode: 'visitor-1' })
    await until(() => (stream.of('state') as WorkbenchState[]).pop()?.counts.delivered === 1, 'the new state')
  })

  it('sends many changes in few messages, and each event once', async () => {
    const { address, track, context } = await runningWorkbench()
    const stream = await reading(address)
    const batch = Array.from({ length: 1_000 }, (_, n) => ({ type: 'track', ...ORDER, userId: `user-${n}` }))
    await track('/v1/batch', { batch })
    await context.delivery.idle()
    const delivered = (): WorkbenchState['counts'] | undefined => (stream.of('state') as WorkbenchState[]).pop()?.counts
    await until(() => delivered()?.delivered === 1_000, 'the last state')
    expect(stream.of('state').length).toBeLessThan(50)
    expect(stream.of('summary').length).toBeLessThan(3_000)
    expect((stream.of('summary') as EventSummary[]).pop()).toMatchObject({ number: 1_000, status: 'delivered' })
  })

  it('reports that events were deleted, mappings saved, and a fault switched', async () => {
    const { address, send } = await runningWorkbench()
    const stream = await reading(address)
    await send('DELETE', '/api/events')
    await until(() => stream.of('cleared').length === 1, 'cleared')
    await send('POST', '/api/subscriptions/reset')
    await until(() => stream.of('saved').length === 1, 'saved')
    await send('PUT', '/api/faults/server-error', { on: true })
    const faults = (): string[] | undefined => (stream.of('state') as WorkbenchState[]).pop()?.faults
    await until(() => faults()?.includes('server-error') ?? false, 'the fault')
  })

  it('ends when the workbench ends', async () => {
    const { address, close } = await runningWorkbench()
    const stream = await reading(address)
    await close()
    await until(stream.ended, 'the end')
  })
})
