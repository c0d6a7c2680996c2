import { callsTo, kameleoon, startFromEmpty, testClient } from '../../__tests__/__helpers__/kameleoon'
import type { Call } from '../../__tests__/__helpers__/kameleoon'
import type { Stops } from '../halving'
import { Message } from '../outcome'
import { deliverVisitEvents } from '../visit-events'
import type { VisitEvent } from '../../kameleoon-api/wire'
import type { Visitor } from '../../visitor'
import { planOf } from '../../plan/plan'

const LIMIT = 2.5 * 1024 * 1024
const EVENTS = 'POST /visit/events'

/** A message with events of this text; `bytesOf` returns its encoded size. */
function messageWith(text: string, events = 1): Message {
  const event: VisitEvent = { eventType: 'PAGE', href: text, nonce: '0123456789ABCDEF', visitorCode: 'v' }
  const visitor: Visitor = { kind: 'visitor', visitorCode: 'v', identifiedBy: 'visitor code', ids: {}, notes: [] }
  const message = new Message('m', visitor, undefined, 0, planOf({}))
  message.visitEvents = Array.from({ length: events }, () => event)
  return message
}

const FRAME = Buffer.byteLength(JSON.stringify(messageWith('').visitEvents[0]))

/** A message whose one event has exactly this many bytes, in letters of one, two, three or four bytes each. */
function messageOfBytes(bytes: number, letter = 'a'): Message {
  const size = Buffer.byteLength(letter)
  const count = Math.floor((bytes - FRAME) / size)
  return messageWith(letter.repeat(count) + 'a'.repeat(bytes - FRAME - count * size))
}

const sizesOf = (calls: Call[]) => callsTo(calls, EVENTS).map(({ body }) => Buffer.byteLength(body))
const countsOf = (calls: Call[]) => callsTo(calls, EVENTS).map(({ body }) => (JSON.parse(body) as unknown[]).length)

const stops = (): Stops => ({ reading: {}, writing: {}, requests: 0 })

beforeEach(startFromEmpty)

describe('the visit events of a batch', () => {
  it('travel in one request of any number of visitors', async () => {
    const calls = kameleoon()
    await deliverVisitEvents(testClient(), [messageWith('a'), messageWith('b', 2), messageWith('c')], stops())
    expect(countsOf(calls)).toEqual([4])
    expect(callsTo(calls, EVENTS)[0].query).toEqual({ siteCode: 'abc123def4', json: 'true', bodyUa: 'true' })
  })

  it.each(['a', 'é', '한', '🛒'])('fill a request up to 2.5 MiB of UTF-8 with the letter %s', async (letter) => {
    const calls = kameleoon()
    const first = messageOfBytes(1_000_000, letter)
    const second = messageOfBytes(LIMIT - 1_000_000 - '[,]'.length - 1, letter)
    await deliverVisitEvents(testClient(), [first, second], stops())
    expect(sizesOf(calls)).toEqual([LIMIT - 1])
  })

  it.each(['a', 'é', '한', '🛒'])('and not a byte further with the letter %s', async (letter) => {
    const calls = kameleoon()
    const first = messageOfBytes(1_000_000, letter)
    const second = messageOfBytes(LIMIT - 1_000_000 - '[,]'.length + 1, letter)
    await deliverVisitEvents(testClient(), [first, second], stops())
    expect(sizesOf(calls)).toEqual([1_000_002, LIMIT - 1_000_000])
    expect([first.failure, second.failure]).toEqual([undefined, undefined])
  })

  it('are at most 1,000 a request', async () => {
    const calls = kameleoon()
    await deliverVisitEvents(
      testClient(),
      Array.from({ length: 700 }, () => messageWith('a', 2)),
      stops()
    )
    expect(countsOf(calls)).toEqual([1000, 400])
  })

  it('of one message stay together', async () => {
    const calls = kameleoon()
    const messages = [messageWith('a', 998), messageWith('b', 3), messageWith('c', 997)]
    await deliverVisitEvents(testClient(), messages, stops())
    expect(countsOf(calls)).toEqual([998, 1000])
    expect(messages.map(({ answers }) => answers.length)).toEqual([1, 1, 1])
  })

  it('that are too large alone are rejected with both sizes, before they are sent; the rest is delivered', async () => {
    const calls = kameleoon()
    const messages = [messageWith('a'), messageOfBytes(LIMIT - 1), messageWith('b')]
    await deliverVisitEvents(testClient(), messages, stops())
    expect(messages[1].failure).toEqual({
      status: 400,
      code: 'PAYLOAD_VALIDATION_FAILED',
      isRetryable: false,
      message: 'The event needs 2621439 bytes; at most 2621440 bytes of visit events fit into one request to Kameleoon.'
    })
    expect(countsOf(calls)).toEqual([2])
    expect(messages.map(({ answers }) => answers.length)).toEqual([1, 0, 1])
  })

  it('that just fit alone are sent', async () => {
    const calls = kameleoon()
    const message = messageOfBytes(LIMIT - 2, '🛒')
    await deliverVisitEvents(testClient(), [message], stops())
    expect(sizesOf(calls)).toEqual([LIMIT])
    expect(message.failure).toBeUndefined()
  })

  it('that Kameleoon finds too large are halved, and one alone is rejected with its size', async () => {
    const calls = kameleoon({ [EVENTS]: ({ body }) => ({ status: body.length > 400 ? 413 : 204 }) })
    const messages = [messageWith('a'), messageWith('b'.repeat(500)), messageWith('c')]
    await deliverVisitEvents(testClient(), messages, stops())
    expect(messages.map(({ failure }) => failure?.status)).toEqual([undefined, 400, undefined])
    expect(messages[1].failure?.message).toMatch(
      /^The event has 5\d\d bytes, which Kameleoon rejected as too large though its limit is above 2621440/
    )
    expect(countsOf(calls)).toEqual([3, 2, 1, 1, 1])
  })

  it('of a message that failed already are not sent in part', async () => {
    const calls = kameleoon()
    const message = messageWith('a')
    message.fail({ status: 503, code: 'SERVICE_UNAVAILABLE', message: 'no goals', isRetryable: true })
    await deliverVisitEvents(testClient(), [message], stops())
    expect(calls).toEqual([])
  })

  it('are no request where there are none', async () => {
    const calls = kameleoon()
    await deliverVisitEvents(testClient(), [messageWith('a', 0)], stops())
    expect(calls).toEqual([])
  })
})
