/** The parts of Kameleoon that have hosts of their own; `control` is the emulator's own surface. */
export type Api = 'data' | 'automation' | 'configuration' | 'control'

/** https://docs.kameleoon.com/api-reference/visit/send-visitor-events and the addresses built into Kameleoon's SDKs. */
const HOSTS: Record<string, Api> = {
  'eu-data.kameleoon.io': 'data',
  'na-data.kameleoon.io': 'data',
  'eu-data.kameleoon.eu': 'data',
  'na-data.kameleoon.eu': 'data',
  'data.kameleoon.io': 'data',
  'api.kameleoon.com': 'automation',
  'sdk-config.kameleoon.eu': 'configuration'
}

const PATHS: [RegExp, Api][] = [
  [/^\/(visit|map)\//, 'data'],
  [/^\/(oauth\/token|sites|goals|custom-datas)$/, 'automation'],
  [/^\/v3\//, 'configuration'],
  [/^\/emulator(\/|$)/, 'control']
]

const LOCAL = ['127.0.0.1', 'localhost', '[::1]']

/** The part of Kameleoon a path belongs to, or nothing when Kameleoon has no such path. */
export function apiOfPath(path: string): Api | undefined {
  return PATHS.find(([pattern]) => pattern.test(path))?.[1]
}

/** The part of Kameleoon a host serves, or nothing when it is none of Kameleoon's. */
export function apiOfHost(host: string): Api | undefined {
  return Object.prototype.hasOwnProperty.call(HOSTS, host) ? HOSTS[host] : undefined
}

/** A request that names no Kameleoon host but this machine, as curl and SDKs do; it may reach every path. */
export function isLocal(host: string): boolean {
  return LOCAL.includes(host)
}

/** The host name of a Host header, in lower case and without its port. */
export function hostName(header: string | undefined): string {
  return (header ?? '').toLowerCase().replace(/:\d+$/, '')
}
