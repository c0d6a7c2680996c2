/** One request to Kameleoon and its answer, without secrets. */
export interface RecordedExchange {
  id: string
  /** When it began, in milliseconds since 1970. */
  at: number
  /** How long it took. */
  milliseconds: number
  method: string
  url: string
  headers: Record<string, string>
  body: string | null
  /** Null while there is no answer, and when there never was one. */
  response: { status: number; headers: Record<string, string>; body: string | null } | null
  /** Why there is no answer. */
  error: string | null
}

type Request = Pick<RecordedExchange, 'method' | 'url' | 'headers' | 'body'>

/** A request as a curl command for a POSIX shell. The access token is not in it: a variable `TOKEN` has it. */
export function curlOf({ method, url, headers, body }: Request): string {
  const lines = [`curl -X ${method} ${quoted(url)}`]
  for (const [name, value] of Object.entries(headers)) lines.push(`-H ${headerText(name, value)}`)
  if (body !== null) lines.push(`--data-raw ${quoted(body)}`)
  return lines.join(' \\\n  ')
}

function headerText(name: string, value: string): string {
  return name.toLowerCase() === 'authorization' ? `"${name}: Bearer $TOKEN"` : quoted(`${name}: ${value}`)
}

/** A shell changes nothing within single quotes; a single quote itself has to be placed outside of them. */
function quoted(text: string): string {
  return `'${text.replace(/'/g, `'\\''`)}'`
}
