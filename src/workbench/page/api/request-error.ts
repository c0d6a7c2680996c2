import type { Problem } from '../../contract'

/** An answer of the workbench that is no success, or no answer at all (status 0), in words for the user. */
export class RequestError extends Error {
  constructor(
    message: string,
    readonly status: number,
    readonly problems: Problem[] = []
  ) {
    super(message)
    this.name = 'RequestError'
  }
}

/** What any thrown thing says. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** The problems an answer named, or none. */
export function problemsOf(error: unknown): Problem[] {
  return error instanceof RequestError ? error.problems : []
}
