import type { RequestWatch } from '../../segment-host'
import { systemClock, type Clock } from './clock'
import type { Watch } from './watch'

/** Reports each request to a watch, for `watchedDefinition`: method, path, status and duration, and nothing else of it. */
export function requestWatch(watch: Pick<Watch, 'request'>, { now }: Pick<Clock, 'now'> = systemClock): RequestWatch {
  return {
    begin: (url) => {
      const start = now()
      const { pathname: path } = new URL(url)
      let method = 'GET'
      const report = (status: number | null): void =>
        watch.request({ method, path, status, milliseconds: now() - start })
      return {
        run: (send) => send(),
        completed: (options) => void (method = options.method?.toUpperCase() ?? 'GET'),
        answered: ({ status }) => report(status),
        failed: () => report(null)
      }
    }
  }
}
