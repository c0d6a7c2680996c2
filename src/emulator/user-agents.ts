import { createIsbotFromList, isbotPatterns, list } from 'isbot'

/**
 * Kameleoon's pages name `MyCustomUserAgent/1.0` as a good user agent, and isbot calls every bare product/version string
 * a bot; the patterns that say so do not count here.
 * https://developers.kameleoon.com/apis/data-api-rest/overview/#rate-limits
 */
const DOCUMENTED_AS_FINE = ['MyCustomUserAgent/1.0', 'MyCustomUserAgent/1']
const tooGeneral = DOCUMENTED_AS_FINE.reduce<string[]>((all, agent) => [...all, ...isbotPatterns(agent)], [])
const isListed = createIsbotFromList(list.filter((pattern) => !tooGeneral.includes(pattern)))

/** Library defaults that only the patterns filtered above would catch. */
const LIBRARY_DEFAULT =
  /^(node|undici|axios|got|ky|superagent|request|needle|bun|deno|curl|go-http-client|python|ruby|okhttp|jakarta|java|guzzle|faraday|reqwest|hyper|dart|segment \(actions\))(?![a-z])/i

/** Whether the bot rule rejects this User-Agent header: none at all, a listed bot, or the default of an HTTP library. */
export function isRejectedUserAgent(userAgent: string | undefined): boolean {
  const named = (userAgent ?? '').trim()
  return named === '' || LIBRARY_DEFAULT.test(named) || isListed(named)
}
