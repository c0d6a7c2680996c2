import type { Exchange } from '../../contract'

type Request = Exchange['request']
type Response = NonNullable<Exchange['response']>

/** A request as it goes over the wire. */
export function rawRequest({ method, url, headers, body }: Request): string {
  const { host, pathname, search } = URL.canParse(url) ? new URL(url) : { host: '', pathname: url, search: '' }
  return `${method} ${pathname}${search} HTTP/1.1\nhost: ${host}\n${headerLines(headers)}\n${body ?? ''}`
}

export function rawResponse({ status, headers, body }: Response): string {
  return `HTTP/1.1 ${status}\n${headerLines(headers)}${body ? `\n${laidOut(body)}` : ''}`
}

function headerLines(headers: Record<string, string>): string {
  return Object.entries(headers)
    .filter(([name]) => name.toLowerCase() !== 'host')
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('')
}

/** JSON laid out to be read; anything else as it is. */
export function laidOut(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}

export function isJson(body: string): boolean {
  return laidOut(body) !== body || /^\s*[[{"]/.test(body)
}

/** The part of an address that tells what is asked for. */
export function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url
}
