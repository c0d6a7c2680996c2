import { curlOf, type RecordedExchange } from '../../../segment-host'
import type { Exchange } from '../../contract'

/** A request as commands for a shell, and where it went. */
export type Commands = Pick<Exchange['request'], 'curl' | 'tokenCurl' | 'sentTo'>

/** https://docs.kameleoon.com/developer-docs/apis/automation-api-rest/get-started */
const TOKEN_ADDRESS = 'https://api.kameleoon.com/oauth/token'

/** curl sets these itself. */
const OF_THE_CONNECTION = /^(host|connection|content-length|accept-encoding|transfer-encoding)$/i

/**
 * The commands that send a request again, to where it was sent.
 * @param emulatorUrl where the emulator listens; null for a request that went to Kameleoon itself
 */
export function commandsOf(exchange: RecordedExchange, emulatorUrl: string | null): Commands {
  const placed = (url: string): string => (emulatorUrl === null ? url : url.replace(new URL(url).origin, emulatorUrl))
  const url = placed(exchange.url)
  const headers = Object.fromEntries(Object.entries(exchange.headers).filter(([name]) => !OF_THE_CONNECTION.test(name)))
  const needsToken = Object.keys(headers).some((name) => name.toLowerCase() === 'authorization')
  return {
    curl: curlOf({ ...exchange, url, headers }),
    tokenCurl: needsToken ? tokenCurl(placed(TOKEN_ADDRESS)) : null,
    sentTo: emulatorUrl === null ? null : url
  }
}

/** Gets a token from the JSON answer without a further tool. The user puts the id and the secret in. */
function tokenCurl(address: string): string {
  return [
    `TOKEN=$(curl -s -X POST '${address}'`,
    "-d 'grant_type=client_credentials'",
    "-d 'client_id=YOUR_CLIENT_ID'",
    `-d 'client_secret=YOUR_CLIENT_SECRET' | sed 's/.*"access_token" *: *"\\([^"]*\\)".*/\\1/')`
  ].join(' \\\n  ')
}
