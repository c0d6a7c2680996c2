import { mkdtempSync, rmSync } from 'fs'
import { tmpdir } from 'os'
import { join } from 'path'
import kameleoon from '../../destinations/kameleoon'
import { DEFAULT_PROJECT, startEmulator, type Emulator } from '../../emulator'
import { messageOf, UsageError } from '../../segment-host'
import { startWorkbench } from '../../workbench/server'
import { checkEmulator } from '../target-check'
import { closedPort, closeServers, httpServer, tcpServer } from './sockets'

afterEach(closeServers)

const TIME_LIMIT_MS = 1_000

/** What the check says about this address; `fine` when it accepts it. */
async function verdict(url: string, env: Record<string, string> = {}, credentials = DEFAULT_PROJECT): Promise<string> {
  try {
    await checkEmulator(url, { credentials, env, timeLimitMs: TIME_LIMIT_MS })
    return 'fine'
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError)
    return messageOf(error)
  }
}

describe('an emulator', () => {
  let emulator: Emulator
  beforeAll(async () => {
    emulator = await startEmulator({ sitecode: 'abc123def4', clientId: 'own', clientSecret: 'hush' })
  })
  afterAll(() => emulator.close())

  const own = () => ({ apiKey: emulator.apiKey, sitecode: emulator.sitecode })

  it('is accepted with its own project, and the check is not counted as a request', async () => {
    expect(await verdict(`${emulator.url}/`, {}, own())).toBe('fine')
    expect(emulator.requests).toEqual([])
    expect(emulator.totals.requests).toEqual({})
  })

  it('is accepted while it has a fault for every request', async () => {
    emulator.faults.add({ status: 503 })
    expect(await verdict(emulator.url, {}, own())).toBe('fine')
    expect(emulator.faults.list()[0].hits).toBe(0)
    emulator.faults.clear()
  })

  it('is accepted with its API key in another spelling', async () => {
    const apiKey = Buffer.from(JSON.stringify({ secret: 'hush', id: 'own' }, null, 2)).toString('base64')
    expect(await verdict(emulator.url, {}, { ...own(), apiKey: `${apiKey}\n` })).toBe('fine')
  })

  it('with another site code is named with both codes', async () => {
    const said = await verdict(emulator.url, {}, { ...own(), sitecode: 'zzz123def4' })
    expect(said).toContain(`The emulator at ${emulator.url} has the site code abc123def4, not zzz123def4.`)
    expect(said).toContain('Set KAMELEOON_API_KEY and KAMELEOON_SITECODE')
  })

  it('with another API key is named, without either key', async () => {
    const said = await verdict(emulator.url, {}, { ...own(), apiKey: DEFAULT_PROJECT.apiKey })
    expect(said).toContain(`The emulator at ${emulator.url} has another API key.`)
    expect(said).not.toContain(emulator.apiKey)
    expect(said).not.toContain(DEFAULT_PROJECT.apiKey)
  })
})

it('where nothing listens, the check says so and how to start an emulator there', async () => {
  const port = await closedPort()
  expect(await verdict(`http://127.0.0.1:${port}`)).toBe(
    `Nothing listens at http://127.0.0.1:${port}. Start an emulator with: kameleoon-destination emulate --port ${port}`
  )
})

it('a workbench is told apart from an emulator', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'target-check-'))
  const workbench = await startWorkbench({ definition: kameleoon, version: '1.0.0', port: 0, dataFolder })
  const said = await verdict(workbench.address)
  await workbench.close()
  rmSync(dataFolder, { recursive: true })
  expect(said).toContain(`${workbench.address} is a workbench, not an emulator.`)
  expect(said).toContain('send events to the workbench itself with its write key')
})

describe('another program', () => {
  it.each([
    ['a web server', 404, { server: 'nginx/1.27' }, '(status 404, server nginx/1.27). Start an emulator'],
    ['a page without a name', 200, {}, '(status 200). Start an emulator'],
    ['a proxy that wants a password', 407, { server: 'squid' }, '(status 407, server squid). It may be a proxy.'],
    ['a gateway', 502, {}, '(status 502). It may be a proxy.'],
    ['what a proxy passes on', 200, { via: '1.1 proxy' }, '(status 200, server 1.1 proxy). It may be a proxy.']
  ])('such as %s is named by what it answers', async (_what, status, headers, seen) => {
    const port = await httpServer((_request, response) => response.writeHead(status, headers).end('<h1>Hello</h1>'))
    const said = await verdict(`http://127.0.0.1:${port}`)
    expect(said).toContain(`http://127.0.0.1:${port} answers, but is no emulator of Kameleoon ${seen}`)
  })

  it('never gets the API key', async () => {
    const received: string[] = []
    const port = await httpServer((request, response) => {
      request.on('data', (chunk: Buffer) => received.push(chunk.toString()))
      received.push(`${request.method} ${request.url}`)
      request.on('end', () => response.end('{"name":"something else"}'))
    })
    await verdict(`http://127.0.0.1:${port}`)
    expect(received).toEqual(['GET /emulator', 'GET /api/state'])
  })

  it('that does not speak HTTP is named', async () => {
    const port = await tcpServer((socket) => socket.end('220 mail.example.com ESMTP\r\n'))
    expect(await verdict(`http://127.0.0.1:${port}`)).toContain(`http://127.0.0.1:${port} answers, but not over HTTP.`)
  })

  it('that closes the connection is named with the code of the error', async () => {
    const port = await tcpServer((socket) => socket.once('data', () => socket.destroy()))
    expect(await verdict(`http://127.0.0.1:${port}`)).toContain(`http://127.0.0.1:${port} gave no answer (ECONNRESET).`)
  })

  it.each([
    ['accepts and says nothing', ''],
    ['begins an answer and does not end it', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"na']
  ])('that %s is given up after the time limit', async (_what, answer) => {
    const port = await tcpServer((socket) => void (answer && socket.write(answer)))
    expect(await verdict(`http://127.0.0.1:${port}`)).toContain(
      `http://127.0.0.1:${port} accepts connections, but did not answer within 1 s.`
    )
  })
})

describe('a proxy of the environment', () => {
  it('is not used for an emulator', async () => {
    const seen: string[] = []
    const proxy = await httpServer((request, response) => {
      seen.push(request.url ?? '')
      response.end()
    })
    const before = process.env.HTTP_PROXY
    process.env.HTTP_PROXY = `http://127.0.0.1:${proxy}`
    const port = await closedPort()
    const said = await verdict(`http://127.0.0.1:${port}`)
    if (before === undefined) delete process.env.HTTP_PROXY
    else process.env.HTTP_PROXY = before
    expect(said).toContain(`Nothing listens at http://127.0.0.1:${port}.`)
    expect(seen).toEqual([])
  })

  it('is named when the address is on another machine and cannot be reached', async () => {
    const said = await verdict('http://emulator.invalid:8321', { HTTP_PROXY: 'http://user:secret@proxy:3128' })
    expect(said).toMatch(/^The name emulator\.invalid of http:\/\/emulator\.invalid:8321 could not be resolved/)
    expect(said).toContain('. HTTP_PROXY is set, but this request did not go through that proxy')
    expect(said).not.toContain('secret')
  })
})
