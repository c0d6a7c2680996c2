import {
  IntegrationError,
  InvalidAuthenticationError,
  PayloadValidationError,
  RetryableError
} from '@segment/actions-core'
import {
  AbortedError,
  BudgetError,
  CredentialsError,
  LockError,
  RedirectError,
  ResponseError,
  TokenError,
  UnknownSiteError,
  UnreachableError,
  UnreadableReplyError
} from '../../kameleoon-api/errors'
import { InvalidFieldError } from '../../invalid-field'
import { errorOf, failureOf, RETRIED_STATUSES } from '../failure'

const EVENTS = 'POST /visit/events'

/** Retried by Segment's framework and by its delivery service alike. */
const RETRIED_BY_BOTH = [408, 429, 500, 502, 503, 504]

describe('an answer that may be another one later', () => {
  it.each([
    [408, 408, 'REQUEST_TIMEOUT'],
    [421, 503, 'SERVICE_UNAVAILABLE'],
    [425, 503, 'SERVICE_UNAVAILABLE'],
    [423, 429, 'TOO_MANY_REQUESTS'],
    [429, 429, 'TOO_MANY_REQUESTS'],
    [500, 500, 'INTERNAL_SERVER_ERROR'],
    [501, 503, 'SERVICE_UNAVAILABLE'],
    [502, 502, 'BAD_GATEWAY'],
    [503, 503, 'SERVICE_UNAVAILABLE'],
    [504, 504, 'GATEWAY_TIMEOUT'],
    [505, 503, 'SERVICE_UNAVAILABLE'],
    [507, 503, 'SERVICE_UNAVAILABLE'],
    [511, 503, 'SERVICE_UNAVAILABLE'],
    [520, 503, 'SERVICE_UNAVAILABLE'],
    [599, 503, 'SERVICE_UNAVAILABLE']
  ])('of %d is passed on as %d (%s), which is tried again', (answered, status, code) => {
    expect(failureOf(new ResponseError(EVENTS, answered, 'busy'))).toEqual({
      status,
      code,
      message: `Kameleoon answered ${answered} to POST /visit/events: busy`,
      isRetryable: true
    })
    expect(RETRIED_BY_BOTH).toContain(status)
  })

  it('says after how many seconds it may be sent again', () => {
    expect(failureOf(new ResponseError(EVENTS, 429, '', 30))).toMatchObject({ retryAfterSeconds: 30 })
    expect(failureOf(new ResponseError(EVENTS, 503, '', 0))).toMatchObject({ retryAfterSeconds: 0 })
    expect(failureOf(new ResponseError(EVENTS, 429, ''))).not.toHaveProperty('retryAfterSeconds')
  })
})

describe('an answer that stays the same', () => {
  it.each([
    [400, 'PAYLOAD_VALIDATION_FAILED'],
    [402, 'UNKNOWN_ERROR'],
    [403, 'FORBIDDEN'],
    [404, 'UNKNOWN_ERROR'],
    [405, 'UNKNOWN_ERROR'],
    [410, 'UNKNOWN_ERROR'],
    [422, 'UNKNOWN_ERROR']
  ])('of %d is final (%s), with the words of Kameleoon', (status, code) => {
    const failure = failureOf(new ResponseError(EVENTS, status, 'no'))
    expect(failure).toMatchObject({ status, code, isRetryable: false })
    expect(failure.message).toMatch(new RegExp(`^Kameleoon answered ${status} to POST /visit/events: no`))
  })

  it.each(['GET /sites', 'GET /goals', 'POST /goals', 'GET /custom-datas'])(
    'of any status to %s is never the fault of an event: it is tried again',
    (operation) => {
      for (let status = 400; status < 600; status++) {
        const failure = failureOf(new ResponseError(operation, status, 'no'))
        expect(failure).toMatchObject({ isRetryable: true })
        expect(RETRIED_BY_BOTH).toContain(failure.status)
      }
    }
  )

  it('of 413 is a failure of the payload', () => {
    expect(failureOf(new ResponseError(EVENTS, 413, ''))).toMatchObject({
      status: 400,
      code: 'PAYLOAD_VALIDATION_FAILED',
      isRetryable: false
    })
  })

  it('of 403 says who is rejected: a user agent at the Data API, a missing right elsewhere', () => {
    expect(failureOf(new ResponseError(EVENTS, 403, '')).message).toBe(
      'Kameleoon answered 403 to POST /visit/events. Kameleoon rejects user agents of bots, and accounts without access to its Data API.'
    )
    expect(failureOf(new ResponseError('POST /goals', 403, 'no')).message).toBe(
      'Kameleoon answered 403 to POST /goals: no. The API key has no access to this; give it the right in Kameleoon, or choose the goal in the mapping.'
    )
  })

  it('of 403 to stored data says nothing of goals, which have no part in it', () => {
    const { message } = failureOf(new ResponseError('POST /map/maps', 403, ''))
    expect(message).toMatch(/^Kameleoon answered 403 to POST \/map\/maps\./)
    expect(message).not.toMatch(/goal/)
  })
})

describe('no answer', () => {
  it.each([
    ['time-out', 504, 'GATEWAY_TIMEOUT', 'Kameleoon did not answer POST /visit/events in time'],
    ['connection', 503, 'SERVICE_UNAVAILABLE', 'The connection to Kameleoon failed during POST /visit/events']
  ] as const)('because of the %s is passed on as %d, which is tried again', (cause, status, code, message) => {
    expect(failureOf(new UnreachableError(EVENTS, cause, ''))).toEqual({ status, code, message, isRetryable: true })
    expect(RETRIED_BY_BOTH).toContain(status)
  })
})

describe('other failures', () => {
  it.each([
    [
      'an answer that cannot be read is tried again',
      new UnreadableReplyError(EVENTS, 'JSON'),
      { status: 502, code: 'BAD_GATEWAY', isRetryable: true }
    ],
    [
      'a budget that is used up is tried again, and says when',
      new BudgetError(7),
      { status: 429, code: 'TOO_MANY_REQUESTS', isRetryable: true, retryAfterSeconds: 7 }
    ],
    [
      'an end of the delivery by the host is tried again',
      new AbortedError(),
      { status: 504, code: 'GATEWAY_TIMEOUT', isRetryable: true }
    ],
    [
      'a redirect is tried again',
      new RedirectError(EVENTS, 302, 'shop.example/login'),
      { status: 502, code: 'BAD_GATEWAY', isRetryable: true }
    ],
    [
      'locks that fail are tried again',
      new LockError(' (ECONNREFUSED)'),
      { status: 503, code: 'SERVICE_UNAVAILABLE', isRetryable: true }
    ],
    [
      'a token that cannot be had is tried again, and says when',
      new TokenError('POST /oauth/token', 413, 9),
      { status: 503, code: 'SERVICE_UNAVAILABLE', isRetryable: true, retryAfterSeconds: 9 }
    ],
    [
      'credentials that are rejected are an authentication error',
      new CredentialsError('rejected'),
      { status: 401, code: 'INVALID_AUTHENTICATION', isRetryable: false, message: 'rejected' }
    ],
    [
      'a site code that is not found is final',
      new UnknownSiteError('abc123def4'),
      { status: 404, code: 'NOT_FOUND', isRetryable: false }
    ],
    [
      'a field that cannot be sent is a failure of the payload',
      new InvalidFieldError('revenue', 'must be a number.'),
      { status: 400, code: 'PAYLOAD_VALIDATION_FAILED', isRetryable: false, message: 'revenue must be a number.' }
    ],
    [
      'a setting that cannot work is final',
      new IntegrationError('Sitecode is wrong.', 'INVALID_SETTING', 400),
      { status: 400, isRetryable: false, message: 'Sitecode is wrong.' }
    ]
  ])('%s', (_case, error, expected) => {
    expect(failureOf(error)).toMatchObject(expected)
  })

  it('that nobody foresaw are not swallowed', () => {
    expect(() => failureOf(new TypeError('a defect'))).toThrow(new TypeError('a defect'))
  })
})

describe('a failure as the framework expects it to be thrown', () => {
  it('is retryable, with the time to wait', () => {
    const error = errorOf(failureOf(new ResponseError(EVENTS, 429, 'slow', 30)))
    expect(error).toBeInstanceOf(RetryableError)
    expect(error).toMatchObject({
      status: 429,
      retryAfterSeconds: 30,
      message: 'Kameleoon answered 429 to POST /visit/events: slow'
    })
  })

  it.each([
    ['an authentication error', new CredentialsError('rejected'), InvalidAuthenticationError, 401],
    ['a payload error', new ResponseError(EVENTS, 400, ''), PayloadValidationError, 400],
    ['an integration error', new ResponseError(EVENTS, 403, ''), IntegrationError, 403]
  ])('is %s', (_case, cause, kind, status) => {
    const error = errorOf(failureOf(cause))
    expect(error).toBeInstanceOf(kind)
    expect(error).toMatchObject({ status })
    expect(error).not.toBeInstanceOf(RetryableError)
  })
})

describe('the list of what is tried again', () => {
  it('is this one, which Segment, its hosts and the documentation rely on', () => {
    expect(RETRIED_STATUSES.map(({ status, passedOnAs }) => [status, passedOnAs])).toEqual([
      [408, 408],
      [421, 503],
      [423, 429],
      [425, 503],
      [429, 429],
      [500, 500],
      [502, 502],
      [503, 503],
      [504, 504]
    ])
  })

  it('decides about every status: what is below 400 and server errors are tried again too, and nothing else is', () => {
    const retried = Array.from({ length: 300 }, (_, index) => 300 + index).filter(
      (status) => failureOf(new ResponseError(EVENTS, status, '')).isRetryable
    )
    const inClass = (first: number) => Array.from({ length: 100 }, (_, index) => first + index)
    expect(retried).toEqual([...inClass(300), 408, 421, 423, 425, 429, ...inClass(500)])
  })
})
