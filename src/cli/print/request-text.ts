import type { RecordedRequest } from '../../emulator'

/** Headers that Node adds on its own to any request; they tell nothing about this one. */
const OWN_HEADERS = ['host', 'connection', 'content-length']
const HIDDEN = '(hidden)'

/** A request as it would go to Kameleoon, with the access token and the client's credentials hidden. */
export function requestText({ method, host, path, query, headers, body }: RecordedRequest): string {
  const search = new URLSearchParams(query).toString()
  const lines = [`${method} https://${host}${path}${search && `?${search}`}`]
  for (const [name, value] of Object.entries(headers)) {
    if (OWN_HEADERS.includes(name)) continue
    lines.push(`${name}: ${name === 'authorization' ? value.replace(/\s.*/, ` ${HIDDEN}`) : value}`)
  }
  if (body) lines.push('', path === '/oauth/token' ? HIDDEN : body)
  return lines.join('\n') + '\n'
}
