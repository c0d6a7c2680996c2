import type { Problem } from '../contract'

/** Why a request to the workbench is not done; answered as `{error: {message, problems?}}` with this status. */
export class Rejection extends Error {
  readonly name = 'Rejection'

  constructor(
    readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 421 | 429,
    message: string,
    readonly problems?: Problem[]
  ) {
    super(message)
  }
}
