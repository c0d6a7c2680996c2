export interface Answer {
  status: number
  headers: Headers
  text: string
  body: unknown
}

/** JSON is parsed; any other text, such as CSV, is left as it is. */
function bodyOf({ headers }: Response, text: string): unknown {
  return headers.get('content-type')?.startsWith('application/json') ? JSON.parse(text) : text
}

export type CallApi = (route: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>

/** Calls of a workbench's API as `call('PUT /faults/slow', {on: true})`; a body that is text is sent as it is. */
export function apiOf({ address }: { address: string }): CallApi {
  return async (route, body, headers = {}) => {
    const [method, path] = route.split(' ')
    const response = await fetch(`${address}/api${path}`, {
      method,
      headers: { ...(method === 'GET' ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) })
    })
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: text === '' ? undefined : bodyOf(response, text)
    }
  }
}
