import type { Exchange } from '../../contract'

type Request = Exchange['request']
type Response = NonNullable<Exchange['response']>

/** A request as HTTP text. */
export function rawRequest({ method, url, headers, body }: Request): string {
  const { host, pathname, search } = URL.canParse(url) ? new URL(url) : { host: '', pathname: url, search: '' }
  return `${method} ${pathname}${search} HTTP/1.1\nhost: ${host}\n${headerLines(headers)}\n${body ?? ''}`
}

export function rawResponse({ status, headers, body }: Response): string {
  return `HTTP/1.1 ${status}\n${headerLines(headers)}${body ? `\n${indented(body)}` : ''}`
}

function headerLines(headers: Record<string, string>): string {
  return Object.entries(headers)
    .filter(([name]) => name.toLowerCase() !== 'host')
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('')
}

/** JSON with indentation; any other text unchanged. */
export function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}

export function isJson(body: string): boolean {
  return indented(body) !== body || /^\s*[[{"]/.test(body)
}

/** The path of a URL, or the text itself when it is not a URL. */
export function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url
}
