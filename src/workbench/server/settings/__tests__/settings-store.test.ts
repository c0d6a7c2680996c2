import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'fs'
import { tmpdir } from 'os'
import { join } from 'path'
import kameleoon from '../../../../destinations/kameleoon'
import { UsageError } from '../../../../segment-host'
import type { HostedDefinition } from '../../hosted'
import { SettingsStore, type SettingsStoreOptions } from '../settings-store'

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
  it('starts with the emulator and its own settings, and writes nothing', async () => {
    const path = newPath()
    const store = await storeAt(path)
    expect(store.target).toBe('emulator')
    expect(store.current()).toEqual(given.emulator)
    expect(() => statSync(path)).toThrow('ENOENT')
  })

  it('shows of a secret only that there is one', async () => {
    const store = await storeAt(newPath())
    expect(store.shown()).toEqual({ target: 'emulator', values: { sitecode: 'emulated01' }, secretsSet: ['apiKey'] })
    const without = await storeAt(newPath(), { given: {} })
    expect(without.shown()).toEqual({ target: 'emulator', values: {}, secretsSet: [] })
  })

  it('keeps what was typed, for the target only and readable for nobody else', async () => {
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

  it('lets a password that was filtered stay, and empties other settings', async () => {
    const store = await storeAt(newPath())
    await store.save({ values: { sitecode: 'emulated02', dataRegion: 'EU' } })
    expect(store.current()).toEqual({ apiKey: 'key-of-the-emulator', sitecode: 'emulated02', dataRegion: 'EU' })
    await store.save({ values: { sitecode: 'emulated03' } })
    expect(store.current()).toEqual({ apiKey: 'key-of-the-emulator', sitecode: 'emulated03' })
  })

  it('never takes the password of one target for the other', async () => {
    const store = await storeAt(newPath(), { given: { emulator: given.emulator } })
    expect(store.withChange({ target: 'real', values: { sitecode: 'abcdefghij' } })).toEqual({ sitecode: 'abcdefghij' })
    expect(store.problemsOf({ target: 'real', values: { sitecode: 'abcdefghij' } })).toEqual([
      { field: 'values.apiKey', message: "The root value is missing the required field 'apiKey'." }
    ])
  })

  it('leaves the target as it is unless it is named', async () => {
    const store = await storeAt(newPath(), { target: 'real' })
    await store.save({ values: { sitecode: 'another001' } })
    expect(store.target).toBe('real')
    expect(store.current()).toEqual({ apiKey: 'key-of-the-environment', sitecode: 'another001' })
  })

  it('never writes down what was given, and prefers it to what was saved once', async () => {
    const path = newPath()
    const store = await storeAt(path)
    await store.save({ target: 'real', values: { sitecode: 'fromtheenv', dataRegion: 'NA' } })
    expect(inFile(path)).toEqual({ target: 'real', emulator: {}, real: { dataRegion: 'NA' } })
    await store.save({ values: { sitecode: 'typedcode1' } })
    expect(inFile(path)).toEqual({ target: 'real', emulator: {}, real: { sitecode: 'typedcode1' } })
    expect((await storeAt(path)).current()).toEqual(given.real)
  })

  it('forgets everything that was typed on reset, secrets too', async () => {
    const path = newPath()
    const store = await storeAt(path)
    await store.save({ target: 'real', values: { apiKey: 'typed-secret', sitecode: 'typedcode1' } })
    await store.reset()
    expect(store.shown()).toEqual({ target: 'emulator', values: { sitecode: 'emulated01' }, secretsSet: ['apiKey'] })
    expect(readFileSync(path, 'utf8')).not.toContain('typed-secret')
    await store.save({ target: 'real', values: { sitecode: 'fromtheenv' } })
    expect(store.current()).toEqual(given.real)
  })

  it('knows the secrets of both targets, and what is encoded in them', async () => {
    const apiKey = Buffer.from(JSON.stringify({ id: 'client', secret: 'the-inner-secret' })).toString('base64')
    const store = await storeAt(newPath(), { given: { ...given, real: { apiKey, sitecode: 'abcdefghij' } } })
    expect(store.secrets()).toEqual(expect.arrayContaining(['key-of-the-emulator', apiKey, 'the-inner-secret']))
  })

  it('tells everyone who asked of a change', async () => {
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

  it('leaves out of a file what the definition does not declare', async () => {
    const path = newPath()
    writeFileSync(
      path,
      JSON.stringify({ target: 'real', real: { sitecode: 'abcdefghij', old: 'x', apiKey: { a: 1 } } })
    )
    expect((await storeAt(path, { given: {} })).current()).toEqual({ sitecode: 'abcdefghij' })
  })
})
