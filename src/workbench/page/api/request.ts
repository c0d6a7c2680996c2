import type { Problem } from '../../contract'

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/**
 * Asks the workbench that served this page; `path` starts after `/api/`.
 * @throws RequestError with the words of the answer
 */
export async function request<Answer>(method: Method, path: string, body?: unknown): Promise<Answer> {
  const response = await send(method, path, body)
  const text = await response.text()
  if (!response.ok) throw errorOf(response, text)
  // The contract tells what each route answers; 204 comes without a body.
  return (text === '' ? undefined : JSON.parse(text)) as Answer
}

async function send(method: Method, path: string, body: unknown): Promise<Response> {
  // The workbench takes writes only as JSON, which a page elsewhere cannot send without being asked first.
  const init =
    method === 'GET' ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body ?? {}) }
  try {
    return await fetch(`/api/${path}`, { method, ...init })
  } catch {
    throw new RequestError('The workbench does not answer. Is it still running?', 0)
  }
}

function errorOf(response: Response, text: string): RequestError {
  const told = toldError(text)
  const message = told?.message ?? `The workbench answered ${response.status} ${response.statusText}`.trim()
  return new RequestError(message, response.status, told?.problems)
}

function toldError(text: string): { message?: string; problems?: Problem[] } | undefined {
  try {
    return (JSON.parse(text) as { error?: { message?: string; problems?: Problem[] } }).error
  } catch {
    return undefined
  }
}

/** A path with the parts of `query` that say something. */
export function withQuery(path: string, query: Record<string, string | number | null | undefined>): string {
  const parameters = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') parameters.set(key, String(value))
  }
  const text = parameters.toString()
  return text === '' ? path : `${path}?${text}`
}

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

/** The first problem of a field, or nothing. */
export function problemOf(problems: Problem[], field: string): string | undefined {
  return problems.find((problem) => problem.field === field)?.message
}
