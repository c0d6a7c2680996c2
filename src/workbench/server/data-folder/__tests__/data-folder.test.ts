import { chmodSync, mkdirSync, readFileSync, readdirSync, statSync, unlinkSync, writeFileSync } from 'fs'
import { hostname } from 'os'
import { join } from 'path'
import { endWorkbenches, newFolder, runningWorkbench, until } from '../../../__tests__/running-workbench'
import { DataFolder } from '../data-folder'
import type { Holder } from '../holder'

const opened: DataFolder[] = []

afterEach(async () => {
  for (const folder of opened.splice(0)) await folder.close()
  await endWorkbenches()
})

async function open(path: string, log?: (line: string) => void): Promise<DataFolder> {
  const folder = await DataFolder.open({ path, log })
  opened.push(folder)
  return folder
}

const lockOf = (path: string) => join(path, 'workbench.lock')
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

/** No process has this number: it is above the highest that Linux gives. */
const NO_PROCESS = 4_194_305

function writeLock(path: string, holder: Partial<Holder>): void {
  const since = new Date().toISOString()
  const complete = { instance: 'other', pid: process.pid, machine: hostname(), address: null, since, ...holder }
  writeFileSync(lockOf(path), JSON.stringify(complete))
}

describe('a data folder', () => {
  it.each<[string, Partial<Holder>]>([
    ['whose process has ended', { pid: NO_PROCESS }],
    ['whose process has another number owner now', { address: 'http://127.0.0.1:1' }],
    ['that never listened', { since: '2020-01-01T00:00:00.000Z' }]
  ])('takes the lock of a workbench %s', async (_which, holder) => {
    const path = newFolder()
    writeLock(path, holder)
    expect((await open(path)).isReadOnly).toBe(false)
  })

  it.each<[string, Partial<Holder>]>([
    ['that is just starting', {}],
    ['on another machine, since it cannot be asked', { machine: 'elsewhere', pid: NO_PROCESS }]
  ])('does not take the lock of a workbench %s', async (_which, holder) => {
    const path = newFolder()
    writeLock(path, holder)
    const folder = await open(path)
    expect(folder.isReadOnly).toBe(true)
    await expect(folder.write(() => Promise.resolve())).rejects.toThrow('Nothing is saved: another workbench (process')
  })

  it('takes a lock file that names nobody', async () => {
    const path = newFolder()
    writeFileSync(lockOf(path), '{"pid":')
    expect((await open(path)).isReadOnly).toBe(false)
  })

  it('lets only one of several write that took the lock of a killed workbench at the same time', async () => {
    const path = newFolder()
    writeLock(path, { pid: NO_PROCESS })
    const folders = await Promise.all([open(path), open(path), open(path)])
    const results = await Promise.allSettled(folders.map((folder) => folder.write(() => Promise.resolve())))
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected'])
  })

  it('is given up only after what is being written', async () => {
    const path = newFolder()
    const first = await open(path)
    const done: string[] = []
    let finish: () => void = () => undefined
    const finished = new Promise<void>((resolve) => (finish = resolve))
    const writing = first.write(() => finished).then(() => done.push('written'))
    const to = { pid: 1, machine: hostname(), address: null, since: new Date().toISOString() }
    const given = first.giveUp(to).then(() => done.push('given up'))
    finish()
    await Promise.all([writing, given])
    expect(done).toEqual(['written', 'given up'])
  })

  it('writes its lock again when someone deleted it', async () => {
    const path = newFolder()
    const folder = await open(path)
    unlinkSync(lockOf(path))
    await folder.write(() => Promise.resolve())
    expect(JSON.parse(readFileSync(lockOf(path), 'utf8'))).toMatchObject({ instance: folder.instance })
  })

  it('leaves no lock when it is closed', async () => {
    const path = newFolder()
    await (await open(path)).close()
    expect(readdirSync(path)).toEqual([])
  })
})

describe('the access rights of a data folder', () => {
  it('are taken from others at the start, which is said once', async () => {
    const path = join(newFolder(), 'data')
    mkdirSync(path, { mode: 0o755 })
    const names = ['settings.json', 'mappings.json', 'mappings.json.broken-1', 'write-key']
    for (const name of names) writeFileSync(join(path, name), '{}', { mode: 0o644 })
    const said: string[] = []
    await (await open(path, (line) => said.push(line))).close()
    await open(path, (line) => said.push(line))
    expect(said).toEqual([
      expect.stringMatching(/^Other users of this machine could read .*settings\.json.* Now only you can\.$/)
    ])
    expect([path, ...names.map((name) => join(path, name)), lockOf(path)].map(modeOf)).toEqual([
      '700',
      ...Array<string>(5).fill('600')
    ])
  })

  it('of a folder with other files stay as they are; the own files in it are closed to others', async () => {
    const path = newFolder()
    chmodSync(path, 0o755)
    writeFileSync(join(path, 'settings.json'), '{}', { mode: 0o644 })
    writeFileSync(join(path, 'package.json'), '{}', { mode: 0o644 })
    await open(path)
    expect([path, join(path, 'settings.json'), join(path, 'package.json')].map(modeOf)).toEqual(['755', '600', '644'])
  })
})

describe('two workbenches in one folder', () => {
  it('share what one saves, and the other one can take over and go on with it', async () => {
    const dataFolder = newFolder()
    const said: string[] = []
    const first = await runningWorkbench({ dataFolder, log: (line) => said.push(line) })
    const second = await runningWorkbench({ dataFolder })
    await first.send('DELETE', '/api/subscriptions/page-calls')
    expect(await second.get<{ id: string }[]>('/api/subscriptions')).not.toContainEqual(
      expect.objectContaining({ id: 'page-calls' })
    )
    const apiKey = Buffer.from('{"id":"client","secret":"kept"}').toString('base64')
    await first.send('PUT', '/api/settings', { target: 'real', values: { apiKey, sitecode: 'abcdefghij' } })

    expect((await second.send('POST', '/api/data-folder/take-over')).status).toBe(200)
    expect((await first.state()).readOnly).toEqual({ pid: process.pid, address: second.address })
    expect(said).toEqual([expect.stringContaining(`${second.address}) has taken over ${dataFolder}`)])
    expect((await first.send('POST', '/api/settings/reset')).status).toBe(409)
    await second.send('PUT', '/api/settings', { target: 'emulator', values: { sitecode: 'emulated01' } })
    expect(readFileSync(join(dataFolder, 'settings.json'), 'utf8')).toContain(apiKey)

    await second.close()
    await until(async () => (await first.state()).readOnly === null, 'the first to change it again')
    expect((await first.send('POST', '/api/settings/reset')).status).toBe(200)
    expect(readFileSync(join(dataFolder, 'settings.json'), 'utf8')).not.toContain(apiKey)
  })
})
