import type { Failure } from '../failure'
import { outcomeOf } from '../message'
import type { Message } from '../message'
import { errorNode, successNode } from '../outcome'

const final: Failure = { status: 400, code: 'PAYLOAD_VALIDATION_FAILED', message: 'bad', isRetryable: false }
const retryable: Failure = { status: 503, code: 'SERVICE_UNAVAILABLE', message: 'busy', isRetryable: true }
const event = { eventType: 'PAGE', visitorCode: 'v', nonce: '0123456789ABCDEF', href: 'x' }
const reply = (operation: string) => ({ operation, status: 204, text: '' })

const message = (parts: Partial<Message> = {}): Message => ({
  identity: 'm',
  visitor: { visitorCode: 'v', isUserId: false },
  time: 0,
  telling: { visitEvents: [], mapWrites: [] },
  visitEvents: [],
  missingGoals: [],
  sentMaps: {},
  replies: [],
  failures: [],
  ...parts
})

describe('the outcome of an event', () => {
  it('is delivered once all of it was, with what was sent and what came back', () => {
    const replies = [reply('POST /visit/events'), reply('POST /map/maps')]
    const delivered = message({ visitEvents: [event], sentMaps: { IDENTIFY_v: { plan: 'pro' } }, replies })
    expect(outcomeOf(delivered)).toEqual({
      kind: 'delivered',
      sent: { visitEvents: [event], maps: { IDENTIFY_v: { plan: 'pro' } } },
      answers: [
        { operation: 'POST /visit/events', status: 204 },
        { operation: 'POST /map/maps', status: 204 }
      ]
    })
  })

  it('is refused if any part of it was, even if another part was delivered', () => {
    const partly = message({ visitEvents: [event], replies: [reply('POST /visit/events')], failures: [final] })
    expect(outcomeOf(partly)).toEqual({ kind: 'refused', failure: final, sent: { visitEvents: [event] } })
  })

  it('is tried again if any part of it may succeed then', () => {
    expect(outcomeOf(message({ failures: [final, retryable] }))).toEqual({ kind: 'refused', failure: retryable })
  })

  it('is skipped, with the reason, if there was nothing to send', () => {
    expect(outcomeOf(message())).toEqual({
      kind: 'skipped',
      reason: 'The mapping asks for nothing that this event has.'
    })
    expect(outcomeOf(message({ missingGoals: ['Sign Up'] }))).toEqual({
      kind: 'skipped',
      reason: 'No goal is named "Sign Up", and the mapping does not create goals.'
    })
  })
})

describe('the node of a batch', () => {
  it.each([
    [
      'a delivered event',
      successNode({ kind: 'delivered', sent: { visitEvents: [event] }, answers: [{ operation: 'X', status: 204 }] }),
      { status: 200, sent: { visitEvents: [event] }, body: { answers: [{ operation: 'X', status: 204 }] } }
    ],
    [
      'a skipped event',
      successNode({ kind: 'skipped', reason: 'too old' }),
      { status: 200, sent: {}, body: { skipped: 'too old' } }
    ],
    [
      'an event refused before it was sent',
      errorNode({ kind: 'refused', failure: final }),
      { status: 400, errortype: 'PAYLOAD_VALIDATION_FAILED', errormessage: 'bad' }
    ],
    [
      'an event refused by Kameleoon',
      errorNode({ kind: 'refused', failure: { ...retryable, retryAfterSeconds: 30 }, sent: { visitEvents: [event] } }),
      {
        status: 503,
        errortype: 'SERVICE_UNAVAILABLE',
        errormessage: 'busy',
        sent: { visitEvents: [event] },
        body: { retryAfterSeconds: 30 }
      }
    ]
  ])('of %s', (_case, node, expected) => {
    expect(node).toEqual(expected)
  })
})
