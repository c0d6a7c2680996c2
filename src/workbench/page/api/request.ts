import type { Problem } from '../../contract'

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/**
 * Sends a request to the workbench that served this page. `path` is what follows `/api/`.
 * @throws RequestError with the message of the response, or with status 0 when there was no response
 */
export async function request<Answer>(method: Method, path: string, body?: unknown): Promise<Answer> {
  const response = await send(method, path, body)
  const text = await response.text()
  if (!response.ok) throw errorOf(response, text)
  // The contract defines the response of each path. A response with status 204 has no body.
  return (text === '' ? undefined : JSON.parse(text)) as Answer
}

/**
 * Sends a file as it is, however long it is. `path` is what follows `/api/`.
 * @throws RequestError with the message of the response
 */
export async function uploadFile(path: string, file: File): Promise<void> {
  const headers = { 'content-type': 'application/octet-stream' }
  const response = await fetch(`/api/${path}`, { method: 'PUT', headers, body: file })
  if (!response.ok) throw errorOf(response, await response.text())
}

async function send(method: Method, path: string, body: unknown): Promise<Response> {
  // The workbench accepts writes only as JSON: a page of another origin cannot send that without a preflight request.
  const init =
    method === 'GET' ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body ?? {}) }
  try {
    return await fetch(`/api/${path}`, { method, ...init })
  } catch {
    throw new RequestError('The workbench does not respond. Check that it is still running.', 0)
  }
}

function errorOf(response: Response, text: string): RequestError {
  const error = errorIn(text)
  const message = error?.message ?? `The workbench responded with ${response.status} ${response.statusText}`.trim()
  return new RequestError(message, response.status, error?.problems)
}

function errorIn(text: string): { message?: string; problems?: Problem[] } | undefined {
  try {
    return (JSON.parse(text) as { error?: { message?: string; problems?: Problem[] } }).error
  } catch {
    return undefined
  }
}

/** A path with the parts of `query` that are set and not empty. */
export function withQuery(path: string, query: Record<string, string | number | null | undefined>): string {
  const parameters = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') parameters.set(key, String(value))
  }
  const text = parameters.toString()
  return text === '' ? path : `${path}?${text}`
}

/** A failed request to the workbench. The message is shown to the user. */
export class RequestError extends Error {
  constructor(
    message: string,
    /** HTTP status of the response; 0 when there was none. */
    readonly status: number,
    readonly problems: Problem[] = []
  ) {
    super(message)
    this.name = 'RequestError'
  }
}

/** The message of any thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** The problems that a response lists, or an empty list. */
export function problemsOf(error: unknown): Problem[] {
  return error instanceof RequestError ? error.problems : []
}

/** The first problem of a field, or nothing. */
export function problemOf(problems: Problem[], field: string): string | undefined {
  return problems.find((problem) => problem.field === field)?.message
}
