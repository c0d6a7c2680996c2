type Environment = Record<string, string | undefined>

const NAMES = {
  http: ['http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY'],
  https: ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY']
}

/**
 * A sentence about a proxy that the environment names, for an address that cannot be reached; empty when it names none.
 *
 * Requests to an emulator have an agent of their own and never use a proxy. Those to Kameleoon go through node-fetch, and so
 * through Node's global agent: it uses a proxy only when Node is told to, which its newer releases can be.
 * https://nodejs.org/api/cli.html#node_use_env_proxy1
 */
export function proxyNote(env: Environment, scheme: keyof typeof NAMES): string {
  const name = NAMES[scheme].find((variable) => env[variable])
  if (name === undefined) return ''
  if (scheme === 'https' && mayUseProxy(env)) return `${name} is set, so that proxy may be the reason`
  const advice = scheme === 'https' ? '. Node uses it only with NODE_USE_ENV_PROXY=1, and older releases never do' : ''
  return `${name} is set, but this request did not go through that proxy${advice}`
}

function mayUseProxy({ NODE_USE_ENV_PROXY, NODE_OPTIONS = '' }: Environment): boolean {
  const isAsked = [...process.execArgv, ...NODE_OPTIONS.split(/\s+/)].includes('--use-env-proxy')
  return NODE_USE_ENV_PROXY === '1' || isAsked
}
