import { createTestEvent, defaultValues, Destination } from '@segment/actions-core'
import type { SegmentEvent } from '@segment/actions-core'
import definition from '..'
import { joined, unlessAborted } from '../kameleoon-api/abort'
import { AbortedError } from '../kameleoon-api/errors'
import { callsTo, kameleoon, SETTINGS, startFromEmpty } from './__helpers__/kameleoon'
import type { OutcomeNode } from './__helpers__/segment'

const EVENTS = 'POST /visit/events'
const WRITE = 'POST /map/maps'

/** A batch of a host that has a signal. */
async function batch(
  partnerAction: string,
  events: object[],
  signal: AbortSignal,
  mapping = {}
): Promise<OutcomeNode[]> {
  const subscription = {
    partnerAction,
    subscribe: 'type != "none"',
    mapping: { ...defaultValues(definition.actions[partnerAction].fields), ...mapping }
  }
  const results = await new Destination(definition).onBatch(
    events.map((event) => createTestEvent(event as Partial<SegmentEvent>)),
    { ...SETTINGS, subscription },
    { signal }
  )
  return (results[0] as unknown as { multistatus: OutcomeNode[] }).multistatus
}

const orders = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    event: 'Order Completed',
    properties: { kameleoonVisitorCode: `visitor-${index}` }
  }))

const RETRYABLE = { status: 504, errortype: 'GATEWAY_TIMEOUT' }

const isRetryable = (nodes: OutcomeNode[]) => nodes.every(({ status }) => status === RETRYABLE.status)

beforeEach(startFromEmpty)

describe('a host that ends the delivery', () => {
  it('before it begins gets every event back as retryable, and nothing is sent', async () => {
    const calls = kameleoon()
    const outcomes = await batch('logEvent', orders(3), AbortSignal.abort(), { goalId: '12' })
    expect(outcomes).toMatchObject([RETRYABLE, RETRYABLE, RETRYABLE])
    expect(outcomes[0].errormessage).toBe('The host ended the delivery before it was complete')
    expect(calls).toEqual([])
  })

  it('ends halving at once: what was not sent is retryable', async () => {
    const host = new AbortController()
    let requests = 0
    const calls = kameleoon({
      [EVENTS]: () => {
        if (++requests === 3) host.abort()
        return { status: 400 }
      }
    })
    const outcomes = await batch('logEvent', orders(100), host.signal, { goalId: '12' })
    expect(callsTo(calls, EVENTS)).toHaveLength(3)
    expect(outcomes).toHaveLength(100)
    expect(isRetryable(outcomes)).toBe(true)
  })

  it('ends the parts of a batch at once, and keeps what was delivered', async () => {
    const host = new AbortController()
    const calls = kameleoon({
      [WRITE]: () => {
        host.abort()
        return { status: 204 }
      }
    })
    const events = Array.from({ length: 12 }, (_, index) => ({
      type: 'identify',
      userId: null,
      traits: { kameleoonVisitorCode: `visitor-${index}`, text: 'x'.repeat(200_000) }
    }))
    const outcomes = await batch('identifyEvent', events, host.signal)
    expect(callsTo(calls, WRITE)).toHaveLength(1)
    expect(isRetryable(outcomes.slice(-4))).toBe(true)
  })

  it('ends the reading of goals page by page', async () => {
    const host = new AbortController()
    const calls = kameleoon({
      'GET /goals': ({ query }) => {
        if (query.page === '2') host.abort()
        const from = Number(query.page) * 200
        return { body: Array.from({ length: 200 }, (_, index) => ({ id: from + index, name: `Goal ${from + index}` })) }
      }
    })
    const outcomes = await batch('logEvent', orders(1), host.signal, { goalMatching: 'match only' })
    expect(isRetryable(outcomes)).toBe(true)
    expect(callsTo(calls, 'GET /goals').filter(({ query }) => Number(query.page) > 2)).toEqual([])
  })

  it('does not wait for a token that another began to fetch', async () => {
    let answer: () => void = () => undefined
    const held = new Promise<void>((resolve) => (answer = resolve))
    const first = jest.fn()
    const [own, other] = [new AbortController(), new AbortController()]
    const calls = kameleoon({ 'GET /goals': { body: [{ id: 12, name: 'Order Completed' }] } })
    const extended = holding('/oauth/token', held, first)
    const one = extended('logEvent', orders(1), own.signal)
    while (first.mock.calls.length === 0) await new Promise(setImmediate)
    const two = extended('logEvent', orders(1), other.signal)
    await new Promise(setImmediate)
    other.abort()
    expect(await two).toMatchObject([RETRYABLE])
    answer()
    expect(await one).toMatchObject([{ status: 200 }])
    expect(callsTo(calls, 'POST /oauth/token')).toHaveLength(1)
  })

  it.each([
    ['a token', '/oauth/token'],
    ['goals', '/goals']
  ])('does not end the wait of others for %s that it began to fetch', async (_what, path) => {
    const never = new Promise<void>(() => undefined)
    const first = jest.fn()
    const [own, other] = [new AbortController(), new AbortController()]
    kameleoon({ 'GET /goals': { body: [{ id: 12, name: 'Order Completed' }] } })
    const extended = holding(path, never, first)
    const one = extended('logEvent', orders(1), own.signal)
    while (first.mock.calls.length === 0) await new Promise(setImmediate)
    const two = extended('logEvent', orders(1), other.signal)
    await new Promise(setImmediate)
    own.abort()
    expect(await one).toMatchObject([RETRYABLE])
    expect(await two).toMatchObject([{ status: 200 }])
  })
})

/** Batches of a host whose request client holds the first request to a path back. */
function holding(path: string, until: Promise<void>, onHeld: () => void) {
  let isFirst = true
  return async (partnerAction: string, events: object[], signal: AbortSignal): Promise<OutcomeNode[]> => {
    const action = definition.actions[partnerAction]
    const wrapped = {
      ...definition,
      actions: {
        ...definition.actions,
        [partnerAction]: {
          ...action,
          performBatch: (request: (url: string, options: object) => Promise<unknown>, data: never) =>
            action.performBatch?.(
              (async (url: string, options: object) => {
                if (isFirst && new URL(url).pathname === path) {
                  isFirst = false
                  onHeld()
                  await unlessAborted(until, signal).catch(() => {
                    throw Object.assign(new Error('aborted'), { name: 'AbortError' })
                  })
                }
                return request(url, options)
              }) as never,
              data
            )
        }
      }
    }
    const mapping = defaultValues(action.fields)
    const results = await new Destination(wrapped as unknown as typeof definition).onBatch(
      events.map((event) => createTestEvent(event as Partial<SegmentEvent>)),
      { ...SETTINGS, subscription: { partnerAction, subscribe: 'type != "none"', mapping } },
      { signal }
    )
    return (results[0] as unknown as { multistatus: OutcomeNode[] }).multistatus
  }
}

describe('waiting with a signal', () => {
  it('hands back what the promise gives', async () => {
    const { signal } = new AbortController()
    await expect(unlessAborted(Promise.resolve(7), signal)).resolves.toBe(7)
    await expect(unlessAborted(Promise.reject(new Error('broken')), signal)).rejects.toThrow('broken')
  })

  it('ends at once where the signal has ended', async () => {
    const never = new Promise(() => undefined)
    await expect(unlessAborted(never, AbortSignal.abort())).rejects.toBeInstanceOf(AbortedError)
  })

  it('of a thousand at once is ended by one signal, with one listener', async () => {
    const host = new AbortController()
    const listen = jest.spyOn(host.signal, 'addEventListener')
    const never = new Promise(() => undefined)
    const waits = Array.from({ length: 1000 }, () => unlessAborted(never, host.signal))
    host.abort()
    const results = await Promise.allSettled(waits)
    expect(results.every(({ status }) => status === 'rejected')).toBe(true)
    expect(listen).toHaveBeenCalledTimes(1)
  })

  it('begins shared work anew when the one who did it is gone, and hands other errors on', async () => {
    const work = [() => Promise.reject(new AbortedError()), () => Promise.resolve('done')]
    await expect(joined(() => (work.shift() ?? fail)(), undefined)).resolves.toBe('done')
    await expect(joined(() => Promise.reject(new Error('broken')), undefined)).rejects.toThrow('broken')
  })
})

const fail = () => Promise.reject(new Error('asked once too often'))
