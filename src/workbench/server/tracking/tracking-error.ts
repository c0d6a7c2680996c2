/** Why a call to the Tracking API is rejected as a whole; answered as `{success: false, code, message}`. */
export class TrackingError extends Error {
  readonly name = 'TrackingError'

  constructor(
    readonly status: 400 | 401 | 429,
    readonly code: string,
    message: string
  ) {
    super(message)
  }
}
