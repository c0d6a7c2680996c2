/** Kameleoon's APIs, each with its own hosts. `control` is the API of the emulator itself. */
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
  [/^\/(oauth\/token|sites|goals|goals\/\d+|custom-datas)$/, 'automation'],
  [/^\/v3\//, 'configuration'],
  [/^\/emulator(\/|$)/, 'control']
]

const LOCAL = ['127.0.0.1', 'localhost', '[::1]']

/** The API that a path belongs to, or undefined for an unknown path. */
export function apiOfPath(path: string): Api | undefined {
  return PATHS.find(([pattern]) => pattern.test(path))?.[1]
}

/** The API that a host serves, or undefined when it is not one of Kameleoon's hosts. */
export function apiOfHost(host: string): Api | undefined {
  return Object.prototype.hasOwnProperty.call(HOSTS, host) ? HOSTS[host] : undefined
}

/** Whether a host is this machine, as in requests from curl. Such requests may use every path. */
export function isLocal(host: string): boolean {
  return LOCAL.includes(host)
}

/** Whether a host is none of Kameleoon's, nor this machine. */
export function isForeign(host: string): boolean {
  return apiOfHost(host) === undefined && !isLocal(host)
}

/** The host name of a Host header, in lower case and without its port. */
export function hostName(header: string | undefined): string {
  return (header ?? '').toLowerCase().replace(/:\d+$/, '')
}
