import { readdirSync, readFileSync, writeFileSync } from 'fs'
import { join } from 'path'
import { endWorkbenches, newFolder } from '../../../__tests__/running-workbench'
import type { WorkbenchState } from '../../../contract'
import { killWorkbenches, workbenchProcess } from './workbench-process'

afterEach(killWorkbenches)
afterAll(endWorkbenches)

const KEY = Buffer.from(JSON.stringify({ id: 'client', secret: 'a-secret-nobody-may-see' })).toString('base64')
const REAL = { target: 'real', values: { apiKey: KEY, sitecode: 'abcdefghij' } }

async function call(address: string, method: string, path: string, body: unknown = {}) {
  const headers = { 'content-type': 'application/json' }
  const init = method === 'GET' ? {} : { headers, body: JSON.stringify(body) }
  const answer = await fetch(`${address}/api/${path}`, { method, ...init })
  return { status: answer.status, text: await answer.text() }
}

const stateOf = async (address: string) => JSON.parse((await call(address, 'GET', 'state')).text) as WorkbenchState

const filesWith = (folder: string, text: string) =>
  readdirSync(folder).filter((name) => readFileSync(join(folder, name), 'utf8').includes(text))

describe('two workbenches on one folder', () => {
  it("cannot erase each other's key or mappings, before and after one of them is killed", async () => {
    const folder = newFolder()
    const first = await workbenchProcess(folder)
    expect((await call(first.address, 'PUT', 'settings', REAL)).status).toBe(200)
    const second = await workbenchProcess(folder)
    expect(second.said()).toContain(
      `${first.address}) keeps its mappings and settings in ${folder}. This one shows them`
    )
    expect((await stateOf(second.address)).readOnly).toMatchObject({ address: first.address })
    const tries = [
      await call(second.address, 'PUT', 'settings', { target: 'emulator', values: { sitecode: 'emulated01' } }),
      await call(second.address, 'POST', 'settings/reset'),
      await call(second.address, 'POST', 'subscriptions/reset'),
      await call(second.address, 'DELETE', 'subscriptions/page-calls')
    ]
    expect(tries.map(({ status }) => status)).toEqual([409, 409, 409, 409])
    expect(tries[0].text).toContain(`Nothing is saved: another workbench (process`)
    expect(tries[0].text).toContain(first.address)
    expect(filesWith(folder, KEY)).toEqual(['settings.json'])
    expect(filesWith(folder, 'page-calls')).toEqual(['mappings.json'])

    await first.kill()
    expect((await call(second.address, 'POST', 'data-folder/take-over')).status).toBe(200)
    expect((await call(second.address, 'DELETE', 'subscriptions/page-calls')).status).toBe(204)
    expect(filesWith(folder, KEY)).toEqual(['settings.json'])
  })

  it('the lock and the half-written files of a killed one are gone after the next start, and the key after a reset', async () => {
    const folder = newFolder()
    const killed = await workbenchProcess(folder)
    await call(killed.address, 'PUT', 'settings', REAL)
    await killed.kill()
    // What a process leaves that is killed while it writes.
    writeFileSync(join(folder, 'settings.json.2812345678'), JSON.stringify(REAL))
    const next = await workbenchProcess(folder)
    expect(next.said()).not.toContain('Another workbench')
    expect(filesWith(folder, KEY)).toEqual(['settings.json'])
    expect((await call(next.address, 'POST', 'settings/reset')).status).toBe(200)
    await next.kill()
    expect(filesWith(folder, KEY)).toEqual([])
    expect(readdirSync(folder).sort()).toEqual(['mappings.json', 'settings.json', 'workbench.lock', 'write-key'])
  })

  it('--take-over makes the second one the only one that may change something, and the first one says so', async () => {
    const folder = newFolder()
    const first = await workbenchProcess(folder)
    await call(first.address, 'PUT', 'settings', REAL)
    const second = await workbenchProcess(folder, '--take-over')
    expect((await stateOf(first.address)).readOnly).toMatchObject({ pid: expect.any(Number) as number })
    expect(first.said()).toContain(`has taken over ${folder}. This one can no longer change mappings and settings.`)
    expect((await call(first.address, 'POST', 'settings/reset')).status).toBe(409)
    expect((await call(second.address, 'DELETE', 'subscriptions/page-calls')).status).toBe(204)
    expect(filesWith(folder, KEY)).toEqual(['settings.json'])
  })
})
