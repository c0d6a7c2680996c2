import { request } from 'http'
import kameleoon from '../../../destinations/kameleoon'
import { endWorkbenches, newFolder, runningWorkbench } from '../../__tests__/running-workbench'
import { namesThisMachine } from '../access'
import { startWorkbench } from '..'

afterEach(endWorkbenches)

/** fetch sets some headers itself, as browsers do; this sends any. */
function raw(url: string, method: string, headers: Record<string, string>): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const call = request(
      url,
      { method, headers: { ...headers, 'content-length': method === 'GET' ? '0' : '2' } },
      (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString() }))
      }
    )
    call.on('error', reject)
    call.end(method === 'GET' ? undefined : '{}')
  })
}

const JSON_TYPE = { 'content-type': 'application/json' }

describe('access to the API', () => {
  it.each([
    ['a page elsewhere', { ...JSON_TYPE, origin: 'https://evil.example' }, 403],
    ['a page on another port', { ...JSON_TYPE, origin: 'http://127.0.0.1:9' }, 403],
    ['a sandboxed page', { ...JSON_TYPE, origin: 'null' }, 403],
    ['a page elsewhere without Origin', { ...JSON_TYPE, 'sec-fetch-site': 'cross-site' }, 403],
    ['another port of this machine', { ...JSON_TYPE, 'sec-fetch-site': 'same-site' }, 403],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['text/plain, which needs no preflight', { 'content-type': 'text/plain' }, 415],
    ['no declared type', {}, 415],
    ['a domain that was pointed at this machine', { ...JSON_TYPE, host: 'rebound.example:4747' }, 421]
  ])('rejects %s', async (_who, headers, status) => {
    const { address, track, events } = await runningWorkbench()
    await track('/v1/identify', { userId: 'user-1' })
    const answer = await raw(`${address}/api/events`, 'DELETE', headers)
    expect(answer.status).toBe(status)
    expect(JSON.parse(answer.body)).toEqual({ error: { message: expect.any(String) as string } })
    expect(await events()).toHaveLength(1)
  })

  it('accepts its own page and other programs', async () => {
    const { address, track, events } = await runningWorkbench()
    const own: Record<string, string>[] = [
      { origin: address, 'sec-fetch-site': 'same-origin' },
      { 'sec-fetch-site': 'none' },
      {}
    ]
    for (const headers of own) {
      await track('/v1/identify', { userId: 'user-1' })
      expect(await raw(`${address}/api/events`, 'DELETE', { ...JSON_TYPE, ...headers })).toEqual({
        status: 204,
        body: ''
      })
      expect(await events()).toEqual([])
    }
  })

  it('does not answer a domain that was pointed at this machine', async () => {
    const { address } = await runningWorkbench()
    expect((await raw(`${address}/api/state`, 'GET', { host: 'rebound.example' })).status).toBe(421)
    expect((await raw(`${address}/api/state`, 'GET', { host: 'localhost:4747' })).status).toBe(200)
  })

  it('does not let other pages read the API', async () => {
    const { address } = await runningWorkbench()
    const answer = await fetch(`${address}/api/state`, { headers: { origin: 'https://evil.example' } })
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('the address of a workbench', () => {
  const options = { definition: kameleoon, version: '1', port: 0 }

  it('can be reached from this machine only by default', async () => {
    const { address } = await runningWorkbench()
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  })

  it.each(['0.0.0.0', '::', '192.168.1.2', 'example.com'])('is not %s unless that is allowed', async (host) => {
    await expect(startWorkbench({ ...options, host, dataFolder: newFolder() })).rejects.toThrow(
      `${host} can be reached from other machines, and anyone who reaches a workbench can change it. Add --allow-remote`
    )
  })

  it('can be reached from other machines when that is allowed', async () => {
    const { address } = await runningWorkbench({ host: '0.0.0.0', allowRemote: true })
    expect((await fetch(address.replace('0.0.0.0', '127.0.0.1') + '/api/state')).status).toBe(200)
  })

  it.each([
    ['127.0.0.1:4747', '127.0.0.1', true],
    ['LOCALHOST:1', '127.0.0.1', true],
    ['[::1]:4747', '::1', true],
    ['192.168.1.2:4747', '127.0.0.1', false],
    ['192.168.1.2:4747', '0.0.0.0', true],
    ['rebound.example', '0.0.0.0', false],
    ['127.0.0.1.evil.example', '127.0.0.1', false],
    [undefined, '127.0.0.1', false]
  ])('a request with the Host header %s to a server on %s is accepted: %s', (header, listening, expected) => {
    expect(namesThisMachine(header, listening)).toBe(expected)
  })
})

describe('the page', () => {
  it('has headers that allow only its own content', async () => {
    const { address } = await runningWorkbench({ pageFolder: newFolder() })
    const { headers } = await fetch(address)
    expect(headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('says how to build it when it is not built', async () => {
    const { address } = await runningWorkbench({ pageFolder: newFolder() })
    const answer = await fetch(address)
    expect([answer.status, await answer.text()]).toEqual([503, expect.stringContaining('npm run build')])
  })
})
