import type { Emulator, EmulatorOptions } from '../../emulator'
import type { Colours } from './terminal'

/** What someone needs to use a running emulator: where it is, its credentials, and two calls to try. */
export function emulateText(
  { url, apiKey, sitecode }: Pick<Emulator, 'url' | 'apiKey' | 'sitecode'>,
  { mapWrites, content, rateLimits }: Pick<EmulatorOptions, 'mapWrites' | 'content' | 'rateLimits'>,
  colours: Colours
): string {
  const row = (label: string, value: string): string => `  ${colours.dim(label.padEnd(13))} ${value}`
  // The emulator rejects bots as Kameleoon does, and curl counts as one.
  const browser = '-A "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0"'
  const event = `[{"eventType":"CUSTOMDATA","visitorCode":"try0me0now0please","nonce":"0123456789ABCDEF","index":1,"valuesCountMap":{"gold":1}}]`
  return [
    colours.bold('An emulator of Kameleoon is running'),
    row('address', colours.cyan(url)),
    row('API key', apiKey),
    row('site code', sitecode),
    row('map writes', mapWrites),
    row('bad content', content === 'accept' ? 'accepted, then discarded' : 'rejected with 400'),
    row('rate limits', rateLimits ? 'on' : 'off'),
    '',
    'Tell it something about a visitor, and ask what it knows:',
    `  curl ${browser} -H "Content-Type: application/json" -d '${event}' "${url}/visit/events?siteCode=${sitecode}&json=true"`,
    `  curl "${url}/emulator/visitors/try0me0now0please"`,
    '',
    'Look into it, and let it fail as you like:',
    `  curl "${url}/emulator"                 also /emulator/requests and /emulator/discarded`,
    `  curl -X POST -d '{"path": "/visit/events", "status": 429, "retryAfter": 2, "times": 3}' "${url}/emulator/faults"`,
    `  curl -X DELETE "${url}/emulator/faults"; curl -X POST "${url}/emulator/reset"`,
    '',
    'Deliver to it:',
    `  npx kameleoon-destination deliver events.ndjson --emulator ${url}`,
    '',
    'Ctrl-C ends it.',
    '',
    ''
  ].join('\n')
}
