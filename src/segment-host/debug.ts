import createDebug from 'debug'
import { redacted } from './exchanges/redaction'
import type { RequestWatch } from './exchanges/watched-definition'
import { memberOf, textOf } from './values'

/** Batches, retries and pauses; printed to standard error with `DEBUG=kameleoon:queue` or `DEBUG=kameleoon:*`. */
export const debugQueue = createDebug('kameleoon:queue')

/** Requests; printed to standard error with `DEBUG=kameleoon:requests` or `DEBUG=kameleoon:*`. */
export const debugRequests = createDebug('kameleoon:requests')

/**
 * Prints method, host, path, site code, status and duration of every request, for `watchedDefinition`. Headers, bodies and
 * other query parameters are never printed.
 * @param secrets texts to replace wherever they occur
 */
export function requestLog(secrets: string[]): RequestWatch {
  return {
    begin: (url) => {
      const start = Date.now()
      let method = 'GET'
      const print = (result: string): void => {
        const line = `${method} ${shortUrl(url)} ${result} ${Date.now() - start} ms`
        debugRequests('%s', redacted(line, secrets))
      }
      return {
        run: (send) => send(),
        completed: (options) => void (method = options.method?.toUpperCase() ?? 'GET'),
        answered: ({ status }) => print(String(status)),
        // The message of an error may contain the whole URL.
        failed: (error) => print(`failed (${textOf(memberOf(error, 'code')) ?? 'no code'})`)
      }
    }
  }
}

function shortUrl(url: string): string {
  const { host, pathname, searchParams } = new URL(url)
  const siteCode = searchParams.get('siteCode')
  return `${host}${pathname}${siteCode === null ? '' : `?siteCode=${siteCode}`}`
}
