import https from 'https'
import tls from 'tls'
import kameleoon from '../../destinations/kameleoon'
import { connectTo, DEFAULT_PROJECT } from '../../emulator'
import { messageOf, UsageError } from '../../segment-host'
import { checkConnection } from '../credentials'
import { SELF_SIGNED } from './self-signed'
import { closedPort, closeServers, httpServer, tcpServer } from './sockets'

afterEach(closeServers)

interface Trial {
  definition: typeof kameleoon
  env?: Record<string, string>
  timeLimitMs?: number
}

/** Why the connection test failed. The key is new each time, since the destination keeps tokens by key. */
async function failure({ definition, env = {}, timeLimitMs }: Trial): Promise<string> {
  const credentials = { ...DEFAULT_PROJECT, apiKey: newKey() }
  try {
    await checkConnection(definition, credentials, env, timeLimitMs)
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError)
    expect(messageOf(error)).not.toContain(credentials.apiKey)
    return messageOf(error)
  }
  throw new Error('The connection test did not fail')
}

let keys = 0
function newKey(): string {
  return Buffer.from(JSON.stringify({ id: `failures-${keys++}`, secret: 'hush' })).toString('base64')
}

const at = (port: number) => connectTo(kameleoon, { url: `http://127.0.0.1:${port}` })

/** The destination, with TLS connections to this port instead of Kameleoon's. */
function overTls(port: number): typeof kameleoon {
  class Agent extends https.Agent {
    createConnection(): tls.TLSSocket {
      return tls.connect({ host: '127.0.0.1', port, servername: 'api.kameleoon.com' })
    }
  }
  const extendRequest: typeof kameleoon.extendRequest = (context) => ({
    ...kameleoon.extendRequest?.(context),
    agent: new Agent()
  })
  return { ...kameleoon, extendRequest }
}

describe('a connection to Kameleoon that fails is told in words when', () => {
  it('the name cannot be resolved', async () => {
    const said = await failure({ definition: connectTo(kameleoon, { url: 'http://nowhere.invalid:80' }) })
    expect(said).toMatch(/^The connection to Kameleoon failed during POST \/oauth\/token \(ENOTFOUND\)\. The name of/)
  })

  it('nothing listens', async () => {
    const said = await failure({ definition: at(await closedPort()) })
    expect(said).toMatch(/^The connection to Kameleoon failed .* \(ECONNREFUSED\)\. A firewall may be the reason$/)
  })

  it('the certificate is not accepted, as with a proxy that reads what is sent', async () => {
    const port = await tcpServer((socket) => new tls.TLSSocket(socket, { ...SELF_SIGNED, isServer: true }))
    const said = await failure({ definition: overTls(port) })
    expect(said).toContain('(DEPTH_ZERO_SELF_SIGNED_CERT). The certificate was not accepted.')
    expect(said).toContain('NODE_EXTRA_CA_CERTS')
  })

  it('something answers that does not speak TLS', async () => {
    const port = await httpServer((_request, response) => response.end())
    expect(await failure({ definition: overTls(port) })).toContain('What answered does not speak TLS.')
  })

  it.each([407, 502, 503, 504])('something answers %i', async (status) => {
    const port = await httpServer((_request, response) => response.writeHead(status).end('<h1>Squid</h1>'))
    expect(await failure({ definition: at(port) })).toBe(
      `Kameleoon answered ${status} to POST /oauth/token. A proxy or a firewall on the way may have answered`
    )
  })

  it('a page answers instead', async () => {
    const port = await httpServer((_request, response) => response.end('<h1>Log in</h1>'))
    expect(await failure({ definition: at(port) })).toBe(
      "Kameleoon's answer to POST /oauth/token has no JSON. A proxy or a login page may have answered"
    )
  })

  it('the answer points to a login page', async () => {
    const port = await httpServer((_request, response) => response.writeHead(302, { location: '/login' }).end())
    expect(await failure({ definition: at(port) })).toMatch(/answered 302 .*not followed\. A proxy or a login page/)
  })

  it('there is no answer within the time limit', async () => {
    const port = await tcpServer(() => undefined)
    expect(await failure({ definition: at(port), timeLimitMs: 200 })).toBe(
      'Kameleoon did not answer in time (0.2 s). A firewall may be the reason'
    )
  })
})

describe('a proxy of the environment', () => {
  const env = { HTTPS_PROXY: 'http://user:secret@proxy:3128' }

  it('is named when a connection fails, without its password', async () => {
    const said = await failure({ definition: at(await closedPort()), env })
    expect(said).toContain('HTTPS_PROXY is set, but this request did not go through that proxy')
    expect(said).not.toContain('secret')
  })

  it('is named as a possible reason when Node was told to use it', async () => {
    const said = await failure({ definition: at(await closedPort()), env: { ...env, NODE_USE_ENV_PROXY: '1' } })
    expect(said).toMatch(/HTTPS_PROXY is set, so that proxy may be the reason$/)
  })

  it('is not mentioned when the API key is wrong', async () => {
    const port = await httpServer((_request, response) => response.writeHead(401).end('{}'))
    expect(await failure({ definition: at(port), env })).not.toContain('PROXY')
  })

  it('is really not used, unless Node was told to', async () => {
    const seen: string[] = []
    const proxy = await tcpServer((socket) => socket.once('data', (data) => seen.push(data.toString())))
    const before = process.env.HTTPS_PROXY
    process.env.HTTPS_PROXY = `http://127.0.0.1:${proxy}`
    const said = await failure({ definition: kameleoon, env })
    if (before === undefined) delete process.env.HTTPS_PROXY
    else process.env.HTTPS_PROXY = before
    expect(said).toContain('(ENOTFOUND)')
    expect(seen).toEqual([])
  })
})
