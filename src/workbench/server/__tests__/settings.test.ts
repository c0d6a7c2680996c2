import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'fs'
import { tmpdir } from 'os'
import { join } from 'path'
import kameleoon from '../../../destinations/kameleoon'
import { UsageError } from '../../../segment-host'
import { apiOf } from '../../__tests__/call-api'
import { endWorkbenches, runningWorkbench } from '../../__tests__/running-workbench'
import type { HostedDefinition } from '../hosted'
import { SettingsStore, type SettingsStoreOptions } from '../settings/settings-store'

afterEach(endWorkbenches)

const SECRET = 'a-secret-nobody-may-see'
const KEY = Buffer.from(JSON.stringify({ id: 'client', secret: SECRET })).toString('base64')

describe('the routes of settings', () => {
  it('show, change and reset settings, without secrets', async () => {
    const workbench = await runningWorkbench()
    const call = apiOf(workbench)
    const first = await call('GET /settings')
    expect(first.body).toEqual({ target: 'emulator', values: { sitecode: 'emulated01' }, secretsSet: ['apiKey'] })
    const changed = await call('PUT /settings', { target: 'real', values: { apiKey: KEY, sitecode: 'abcdefghij' } })
    expect(changed.body).toEqual({ target: 'real', values: { sitecode: 'abcdefghij' }, secretsSet: ['apiKey'] })
    expect((await call('GET /state')).body).toMatchObject({ target: { kind: 'real', sitecode: 'abcdefghij' } })
    const reset = await call('POST /settings/reset')
    expect(reset.body).toEqual(first.body)
    expect([first, changed, reset].map(({ text }) => text).join()).not.toMatch(new RegExp(`${KEY}|${SECRET}`))
  })

  it('show the settings of the other target without switching to it', async () => {
    const call = apiOf(await runningWorkbench())
    await call('PUT /settings', { target: 'real', values: { apiKey: KEY, sitecode: 'abcdefghij' } })
    await call('PUT /settings', { target: 'emulator', values: { sitecode: 'emulated01' } })
    const other = await call('GET /settings?target=real')
    expect(other.body).toEqual({ target: 'real', values: { sitecode: 'abcdefghij' }, secretsSet: ['apiKey'] })
    expect(other.text).not.toContain(KEY)
    expect((await call('GET /settings')).body).toMatchObject({ target: 'emulator', values: { sitecode: 'emulated01' } })
    expect(await call('GET /settings?target=mars')).toMatchObject({ status: 400 })
  })

  it('reject settings that the definition does not accept, by field', async () => {
    const call = apiOf(await runningWorkbench())
    expect(await call('PUT /settings', { values: { sitecode: 'abcdefghij', site: 'x' } })).toMatchObject({
      status: 400,
      body: {
        error: {
          message:
            'The settings are not saved: There is no setting "site"; known settings are apiKey, sitecode, dataRegion',
          problems: [{ field: 'values.site' }]
        }
      }
    })
    const region = await call('PUT /settings', { values: { sitecode: 'abcdefghij', dataRegion: 'MARS' } })
    expect(region.body).toMatchObject({ error: { problems: [{ field: 'values.dataRegion' }] } })
    const without = await call('PUT /settings', { target: 'real', values: { sitecode: 'abcdefghij' } })
    expect(without.body).toMatchObject({ error: { problems: [{ field: 'values.apiKey' }] } })
    expect((await call('GET /settings')).body).toMatchObject({ target: 'emulator', values: { sitecode: 'emulated01' } })
  })
})

describe('the test of the connection', () => {
  it('succeeds with valid settings', async () => {
    const call = apiOf(await runningWorkbench())
    expect((await call('POST /settings/test')).body).toEqual({ ok: true, message: 'Kameleoon accepts these settings.' })
  })

  it('tests settings without saving them, and fails with the message of the destination', async () => {
    const call = apiOf(await runningWorkbench())
    const { body } = await call('POST /settings/test', { values: { sitecode: 'zzzzzzzzzz' } })
    expect(body).toEqual({
      ok: false,
      message: expect.stringMatching(/^Sitecode zzzzzzzzzz was not found for this Kameleoon account/) as string
    })
    expect((await call('GET /settings')).body).toMatchObject({ values: { sitecode: 'emulated01' } })
  })

  it('never contains a secret', async () => {
    const call = apiOf(await runningWorkbench())
    for (const apiKey of [KEY, SECRET, `${KEY}=`, Buffer.from(JSON.stringify({ id: SECRET })).toString('base64')]) {
      const { text, body } = await call('POST /settings/test', { values: { apiKey, sitecode: 'emulated01' } })
      expect(body).toMatchObject({ ok: false })
      expect(text).not.toContain(SECRET)
      expect(text).not.toContain(apiKey)
    }
  })
})

const definition = kameleoon as unknown as HostedDefinition
const given = {
  emulator: { apiKey: 'key-of-the-emulator', sitecode: 'emulated01' },
  real: { apiKey: 'key-of-the-environment', sitecode: 'fromtheenv' }
}
const newPath = () => join(mkdtempSync(join(tmpdir(), 'settings-')), 'settings.json')

function storeAt(path: string, options: Partial<SettingsStoreOptions> = {}): Promise<SettingsStore> {
  return SettingsStore.open({ path, definition, given, ...options })
}

const inFile = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))

describe('the store of settings', () => {
  it('starts with the emulator and its settings, and writes no file', async () => {
    const path = newPath()
    const store = await storeAt(path)
    expect(store.target).toBe('emulator')
    expect(store.current()).toEqual(given.emulator)
    expect(() => statSync(path)).toThrow('ENOENT')
  })

  it('shows only which secrets are set', async () => {
    const store = await storeAt(newPath())
    expect(store.shown()).toEqual({ target: 'emulator', values: { sitecode: 'emulated01' }, secretsSet: ['apiKey'] })
    const without = await storeAt(newPath(), { given: {} })
    expect(without.shown()).toEqual({ target: 'emulator', values: {}, secretsSet: [] })
  })

  it('saves typed settings for their target, in a file only the user can read', async () => {
    const path = newPath()
    const store = await storeAt(path, { given: { emulator: given.emulator } })
    await store.save({ target: 'real', values: { apiKey: 'typed-secret', sitecode: 'typedcode1', dataRegion: 'NA' } })
    expect((statSync(path).mode & 0o777).toString(8)).toBe('600')
    const again = await storeAt(path, { given: { emulator: given.emulator } })
    expect(again.target).toBe('real')
    expect(again.current()).toEqual({ apiKey: 'typed-secret', sitecode: 'typedcode1', dataRegion: 'NA' })
    await again.save({ target: 'emulator', values: { sitecode: 'emulated01' } })
    expect(again.current()).toEqual(given.emulator)
    expect(inFile(path)).toMatchObject({ target: 'emulator', real: { apiKey: 'typed-secret' } })
  })

  it('keeps a missing password, and removes other missing settings', async () => {
    const store = await storeAt(newPath())
    await store.save({ values: { sitecode: 'emulated02', dataRegion: 'EU' } })
    expect(store.current()).toEqual({ apiKey: 'key-of-the-emulator', sitecode: 'emulated02', dataRegion: 'EU' })
    await store.save({ values: { sitecode: 'emulated03' } })
    expect(store.current()).toEqual({ apiKey: 'key-of-the-emulator', sitecode: 'emulated03' })
  })

  it('does not use the password of one target for the other', async () => {
    const store = await storeAt(newPath(), { given: { emulator: given.emulator } })
    expect(store.withChange({ target: 'real', values: { sitecode: 'abcdefghij' } })).toEqual({ sitecode: 'abcdefghij' })
    expect(store.problemsOf({ target: 'real', values: { sitecode: 'abcdefghij' } })).toEqual([
      { field: 'values.apiKey', message: "The root value is missing the required field 'apiKey'." }
    ])
  })

  it('keeps the target when the change names none', async () => {
    const store = await storeAt(newPath(), { target: 'real' })
    await store.save({ values: { sitecode: 'another001' } })
    expect(store.target).toBe('real')
    expect(store.current()).toEqual({ apiKey: 'key-of-the-environment', sitecode: 'another001' })
  })

  it('does not save settings given at the start, and prefers them to saved ones', async () => {
    const path = newPath()
    const store = await storeAt(path)
    await store.save({ target: 'real', values: { sitecode: 'fromtheenv', dataRegion: 'NA' } })
    expect(inFile(path)).toEqual({ target: 'real', emulator: {}, real: { dataRegion: 'NA' } })
    await store.save({ values: { sitecode: 'typedcode1' } })
    expect(inFile(path)).toEqual({ target: 'real', emulator: {}, real: { sitecode: 'typedcode1' } })
    expect((await storeAt(path)).current()).toEqual(given.real)
  })

  it('deletes all typed settings on reset, secrets too', async () => {
    const path = newPath()
    const store = await storeAt(path)
    await store.save({ target: 'real', values: { apiKey: 'typed-secret', sitecode: 'typedcode1' } })
    await store.reset()
    expect(store.shown()).toEqual({ target: 'emulator', values: { sitecode: 'emulated01' }, secretsSet: ['apiKey'] })
    expect(readFileSync(path, 'utf8')).not.toContain('typed-secret')
    await store.save({ target: 'real', values: { sitecode: 'fromtheenv' } })
    expect(store.current()).toEqual(given.real)
  })

  it('lists the secrets of both targets, and the secrets encoded in them', async () => {
    const apiKey = Buffer.from(JSON.stringify({ id: 'client', secret: 'the-inner-secret' })).toString('base64')
    const store = await storeAt(newPath(), { given: { ...given, real: { apiKey, sitecode: 'abcdefghij' } } })
    expect(store.secrets()).toEqual(expect.arrayContaining(['key-of-the-emulator', apiKey, 'the-inner-secret']))
  })

  it('notifies its listeners of a change', async () => {
    const store = await storeAt(newPath())
    const seen: string[] = []
    const stop = store.onChange(() => seen.push(`${store.target} ${String(store.current().sitecode)}`))
    await store.save({ target: 'real', values: { sitecode: 'abcdefghij' } })
    await store.reset()
    stop()
    await store.reset()
    expect(seen).toEqual(['real abcdefghij', 'emulator emulated01'])
  })

  it.each([
    ['{"real": {"apiKey": "typed-secret" "sitecode": 1}}', 'is not JSON'],
    ['[]', 'expected a JSON object with target, emulator and real'],
    ['{"target": "typed-secret"}', '"target" must be one of emulator, real'],
    ['{"target": "real", "real": "typed-secret"}', '"real" must be an object of settings']
  ])('rejects the broken file %s without quoting it', async (text, reason) => {
    const path = newPath()
    writeFileSync(path, text)
    const error = (await storeAt(path).catch((thrown: unknown) => thrown)) as Error
    expect(error).toBeInstanceOf(UsageError)
    expect(error.message).toContain(`${path}`)
    expect(error.message).toContain(reason)
    expect(error.message).not.toContain('typed-secret')
    expect(readFileSync(path, 'utf8')).toBe(text)
  })

  it('ignores settings in the file that the definition does not declare', async () => {
    const path = newPath()
    writeFileSync(
      path,
      JSON.stringify({ target: 'real', real: { sitecode: 'abcdefghij', old: 'x', apiKey: { a: 1 } } })
    )
    expect((await storeAt(path, { given: {} })).current()).toEqual({ sitecode: 'abcdefghij' })
  })
})
