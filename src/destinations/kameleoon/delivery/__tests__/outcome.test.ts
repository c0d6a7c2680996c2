import type { Failure } from '../failure'
import { Message } from '../outcome'
import { answersIn, errorNode, successNode } from '../outcome'
import type { VisitEvent } from '../../kameleoon-api/wire'
import { planOf } from '../../plan/plan'

const final: Failure = { status: 400, code: 'PAYLOAD_VALIDATION_FAILED', message: 'bad', isRetryable: false }
const retryable: Failure = { status: 503, code: 'SERVICE_UNAVAILABLE', message: 'busy', isRetryable: true }
const event: VisitEvent = { eventType: 'PAGE', visitorCode: 'v', nonce: '0123456789ABCDEF', href: 'x' }
const answer = (operation: string) => answersIn({ operation, status: 204 })

const message = (...visitEvents: Message['visitEvents']): Message => {
  const made = new Message(
    'm',
    { kind: 'visitor', visitorCode: 'v', identifiedBy: 'visitor code', ids: {}, notes: [] },
    undefined,
    0,
    planOf({})
  )
  made.visitEvents = visitEvents
  return made
}

describe('the outcome of an event', () => {
  it('is delivered once all of it was, with what was sent and what came back', () => {
    const delivered = message(event)
    delivered.answered(answer('POST /visit/events'))
    delivered.stored('IDENTIFY_v', { plan: 'pro' })
    delivered.answered(answer('POST /map/maps'))
    expect(delivered.outcome()).toEqual({
      kind: 'delivered',
      sent: { visitEvents: [event], maps: { IDENTIFY_v: { plan: 'pro' } } },
      answers: [
        { operation: 'POST /visit/events', status: 204 },
        { operation: 'POST /map/maps', status: 204 }
      ],
      notes: []
    })
  })

  it('names an answer once, however much of the event it is for, and leaves the list it shares with others alone', () => {
    const first = answer('POST /map/maps')
    const shared = answer('POST /map/maps')
    const stored = message()
    for (const one of [first, first, shared, shared]) stored.answered(one)
    stored.stored('IDENTIFY_v', { plan: 'pro' })
    stored.stored('COHORTS_v', { vip: true })
    expect(stored.outcome()).toEqual({
      kind: 'delivered',
      sent: { maps: { IDENTIFY_v: { plan: 'pro' }, COHORTS_v: { vip: true } } },
      answers: [...first, ...shared],
      notes: []
    })
    expect([first, shared]).toEqual([answer('POST /map/maps'), answer('POST /map/maps')])
  })

  it('is rejected if any part of it was, even if another part was delivered', () => {
    const partly = message(event)
    partly.answered(answer('POST /visit/events'))
    partly.fail(final)
    expect(partly.outcome()).toEqual({ kind: 'rejected', failure: final, sent: { visitEvents: [event] } })
  })

  it.each([
    ['one that may pass with time after one that does not', [final, retryable], retryable],
    ['one that may pass with time before one that does not', [retryable, final], retryable],
    ['the first of two that may pass', [retryable, { ...retryable, status: 504 as const }], retryable],
    ['the first of two that do not pass', [final, { ...final, status: 403 }], final]
  ])('of several failures has %s', (_case, failures, failure) => {
    const failed = message()
    for (const one of failures) failed.fail(one)
    expect(failed.outcome()).toEqual({ kind: 'rejected', failure })
  })

  it('is filtered, with the reason, if there was nothing to send', () => {
    expect(message().outcome()).toEqual({
      kind: 'filtered',
      reason: 'The mapping produced nothing to send for this event.'
    })
    const goalless = message()
    goalless.lacksGoal('No goal is named "Sign Up".')
    expect(goalless.outcome()).toEqual({ kind: 'filtered', reason: 'No goal is named "Sign Up".' })
  })
})

describe('the node of a batch', () => {
  it.each([
    [
      'a delivered event',
      successNode({
        kind: 'delivered',
        sent: { visitEvents: [event] },
        answers: [{ operation: 'X', status: 204 }],
        notes: []
      }),
      { status: 200, sent: { visitEvents: [event] }, body: { answers: [{ operation: 'X', status: 204 }] } }
    ],
    [
      'a delivered event with something to know',
      successNode({ kind: 'delivered', sent: {}, answers: [], notes: ['A value was left out.'] }),
      { status: 200, sent: {}, body: { answers: [], notes: ['A value was left out.'] } }
    ],
    [
      'a filtered event',
      successNode({ kind: 'filtered', reason: 'too old' }),
      { status: 200, sent: {}, body: { filtered: 'too old' } }
    ],
    [
      'an event rejected before it was sent',
      errorNode({ kind: 'rejected', failure: final }),
      { status: 400, errortype: 'PAYLOAD_VALIDATION_FAILED', errormessage: 'bad' }
    ],
    [
      'an event rejected by Kameleoon',
      errorNode({ kind: 'rejected', failure: { ...retryable, retryAfterSeconds: 30 }, sent: { visitEvents: [event] } }),
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
