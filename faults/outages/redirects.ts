import type { FaultRule } from '../../src/emulator'
import { sourceEvents } from '../events'
import { TARGETS } from '../fault-plan'
import { disturbed, MOVED } from './disturbed'
import { together, type Outage } from './outage'

const STATUSES = [300, 301, 302, 303, 304, 305, 306, 307, 308]

/** Where a redirect of a call to `host` may point. */
const PLACES: Record<string, (host: string) => string | undefined> = {
  'the same host': () => MOVED,
  'a sub host': (host) => `https://www.${host}${MOVED}`,
  'a foreign host': () => `https://collector.example.net${MOVED}`,
  nowhere: () => undefined
}

/** Whoever follows finds a service that takes everything. */
const TAKES_ALL: FaultRule = { path: MOVED, status: 200, body: {} }

export const redirects: Outage = {
  condition: 'redirects are never followed, and nothing is lost by them',
  measure: async (size) => {
    const events = sourceEvents(size === 'short' ? 100 : 600, 11)
    const findings = []
    for (const status of STATUSES) {
      for (const [place, locationAt] of Object.entries(PLACES)) {
        const rules = TARGETS.map(({ method, path }) => {
          const location = locationAt(/^\/(visit|map)\//.test(path) ? 'eu-data.kameleoon.io' : 'api.kameleoon.com')
          return { method, path, status, times: 2, ...(location === undefined ? {} : { location }) }
        })
        findings.push({ name: `${status} to ${place}`, violations: await disturbed(events, [TAKES_ALL, ...rules]) })
      }
    }
    return together(`${findings.length} kinds, on ${TARGETS.length} calls each`, findings)
  }
}
