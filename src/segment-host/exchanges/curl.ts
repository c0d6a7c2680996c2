import type { TracedExchange } from './traced-exchange'

/**
 * A request as a command for a shell of POSIX. The access token is a variable of that shell: whoever has one sets it, and
 * nobody finds one here.
 */
export function curlOf({ method, url, headers, body }: TracedExchange): string {
  const lines = [`curl -X ${method} ${quoted(url)}`]
  for (const [name, value] of Object.entries(headers)) lines.push(`-H ${headerText(name, value)}`)
  if (body !== null) lines.push(`--data-raw ${quoted(body)}`)
  return lines.join(' \\\n  ')
}

function headerText(name: string, value: string): string {
  return name.toLowerCase() === 'authorization' ? `"${name}: Bearer $KAMELEOON_TOKEN"` : quoted(`${name}: ${value}`)
}

/** Within single quotes a shell changes nothing; a single quote itself has to step outside of them. */
function quoted(text: string): string {
  return `'${text.replace(/'/g, `'\\''`)}'`
}
