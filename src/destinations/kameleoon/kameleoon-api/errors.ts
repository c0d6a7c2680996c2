/** Kameleoon answered with a status that is not 2xx. */
export class ResponseError extends Error {
  readonly name = 'ResponseError'
  /** What was asked for, without host and query, such as `POST /visit/events`. */
  readonly operation: string
  readonly status: number
  /** From the Retry-After header, if there was a valid one. */
  readonly retryAfterSeconds?: number

  /** @param reply the message of Kameleoon's answer, cut to a readable length; empty if there was none */
  constructor(operation: string, status: number, reply: string, retryAfterSeconds?: number) {
    super(`Kameleoon answered ${status} to ${operation}${reply && `: ${reply}`}`)
    this.operation = operation
    this.status = status
    this.retryAfterSeconds = retryAfterSeconds
  }
}

const UNREACHABLE = {
  'time-out': (operation: string) => `Kameleoon did not answer ${operation} in time`,
  connection: (operation: string) => `The connection to Kameleoon failed during ${operation}`
}

/** No answer: the connection failed or took too long. The message does not contain the address, which has visitor codes. */
export class UnreachableError extends Error {
  readonly name = 'UnreachableError'
  readonly cause: keyof typeof UNREACHABLE

  constructor(operation: string, cause: keyof typeof UNREACHABLE, detail: string) {
    super(`${UNREACHABLE[cause](operation)}${detail}`)
    this.cause = cause
  }
}

/**
 * The host ended the delivery through its abort signal. It may begin anew, so nothing that was not sent is lost.
 * @param message of a call that was under way
 */
export class AbortedError extends Error {
  readonly name = 'AbortedError'

  constructor(message = 'The host ended the delivery before it was complete') {
    super(message)
  }
}

/**
 * Kameleoon, or something before it, answered with a redirect. Redirects are never followed: a body, a token or a secret
 * would go where they point, and most of them turn a POST into a GET, which delivers nothing and is answered 200.
 */
export class RedirectError extends Error {
  readonly name = 'RedirectError'

  /**
   * @param status 0 where the HTTP client hides it, as browsers do
   * @param target host and path of where it points, if that can be read
   */
  constructor(operation: string, status: number, target: string | undefined) {
    const answer = status === 0 ? 'with a redirect' : status
    super(`Kameleoon answered ${answer} to ${operation}${target ? ` and pointed to ${target}` : ''}; not followed`)
  }
}

/**
 * The token endpoint failed otherwise than by rejecting the credentials. No class of its own for each status: whatever the
 * endpoint answers says nothing about an event. The answer is not quoted, since it may echo the request with the secret.
 */
export class TokenError extends Error {
  readonly name = 'TokenError'
  readonly status: number
  readonly retryAfterSeconds?: number

  constructor(operation: string, status: number, retryAfterSeconds?: number) {
    super(`Kameleoon answered ${status} to ${operation}`)
    this.status = status
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** The locks that a host handed in failed, so nothing was read or written under them. */
export class LockError extends Error {
  readonly name = 'LockError'

  /** @param detail the code of the failure; its message is not quoted, since it may hold addresses and passwords */
  constructor(detail: string) {
    super(`The locks of this host failed${detail}`)
  }
}

/** Kameleoon answered 2xx, but not with what its documentation describes. */
export class UnreadableReplyError extends Error {
  readonly name = 'UnreadableReplyError'

  constructor(operation: string, expected: string) {
    super(`Kameleoon's answer to ${operation} has no ${expected}`)
  }
}

/** The API key cannot be used: it does not decode, or Kameleoon rejects it. The message does not contain the key. */
export class CredentialsError extends Error {
  readonly name = 'CredentialsError'
}

/** The account has no project with this site code. */
export class UnknownSiteError extends Error {
  readonly name = 'UnknownSiteError'

  constructor(siteCode: string) {
    super(
      `Sitecode ${siteCode} was not found for this Kameleoon account. Copy it from the project's page in Kameleoon, and check that the API key belongs to the same account.`
    )
  }
}

/** The Automation API's documented request limit is used up in this process. */
export class BudgetError extends Error {
  readonly name = 'BudgetError'

  constructor(readonly retryAfterSeconds: number) {
    super(`Kameleoon's limit for reading and creating goals is used up; try again in ${retryAfterSeconds} s`)
  }
}
