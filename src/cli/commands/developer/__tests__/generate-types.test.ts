import { readFileSync, rmSync, writeFileSync } from 'fs'
import { join } from 'path'
import official from '@segment/action-destinations/dist/destinations/kameleoon'
import kameleoon from '../../../../destinations/kameleoon'
import { observedTerminal } from '../../../__tests__/observed-terminal'
import { DESTINATION_FOLDER } from '../../../package-files'
import { typeFiles } from '../generate-types'
import { command, copiedFolder } from './command'

const PUBLISHED = join(require.resolve('@segment/action-destinations/dist/destinations/kameleoon'), '..')

/** What a type says, whoever printed it: without comments, semicolons and white space. */
function essence(source: string): string {
  return source.replace(/\/\*[^]*?\*\/|\/\/.*|;/g, '').replace(/\s+/g, '')
}

describe('generate:types', () => {
  it('finds the committed files up to date', async () => {
    expect(await command(['generate:types', '--check'])).toEqual({
      code: 0,
      printed:
        'up to date: generated-types.ts, logEvent/generated-types.ts, pageEvent/generated-types.ts, identifyEvent/generated-types.ts, groupEvent/generated-types.ts\n',
      said: ''
    })
  })

  it('says of the official destination what its published types say', async () => {
    const files = await typeFiles(official as unknown as typeof kameleoon, () => true)
    expect(files.map(({ path }) => path)).toEqual([
      'generated-types.ts',
      'logEvent/generated-types.ts',
      'identify/generated-types.ts',
      'group/generated-types.ts',
      'page/generated-types.ts'
    ])
    for (const { path, content } of files) {
      const published = readFileSync(join(PUBLISHED, path.replace('.ts', '.d.ts')), 'utf8')
      expect(essence(content)).toBe(essence(published))
      expect(content.split('\n')[0]).toBe('// Generated file. DO NOT MODIFY IT BY HAND.')
    }
  })

  it('writes exactly the files that differ, and tells with --check only that they do', async () => {
    const folder = copiedFolder()
    const file = join(folder, 'logEvent/generated-types.ts')
    writeFileSync(file, '// An older one.\n')
    const check = await command(['generate:types', '--check', '--directory', folder])
    expect(check).toMatchObject({ code: 1, printed: 'out of date: logEvent/generated-types.ts\n' })
    expect(readFileSync(file, 'utf8')).toBe('// An older one.\n')
    const written = await command(['generate:types', '--directory', folder])
    expect(written).toMatchObject({ code: 0, printed: 'written: logEvent/generated-types.ts\n' })
    expect(readFileSync(file, 'utf8')).toBe(
      readFileSync(join(DESTINATION_FOLDER, 'logEvent/generated-types.ts'), 'utf8')
    )
  })

  it('puts the types of an action without a folder beside the definition', async () => {
    const files = await typeFiles(kameleoon, (name) => name !== 'pageEvent')
    expect(files.map(({ path }) => path)).toContain('pageEvent.types.ts')
    expect(files.map(({ path }) => path)).not.toContain('pageEvent/generated-types.ts')
  })

  it('ends with 2 where there is no destination', async () => {
    const folder = copiedFolder()
    rmSync(join(folder, 'index.ts'))
    const { code, said } = await command(['generate:types', '--directory', folder])
    expect(code).toBe(2)
    expect(said).toContain(`${folder} holds no destination (no index.ts): name another`)
  })
})

describe('where the type compiler is not installed', () => {
  beforeEach(() => {
    jest.resetModules()
    jest.doMock('json-schema-to-typescript', () => {
      throw new Error("Cannot find module 'json-schema-to-typescript'")
    })
  })
  afterEach(() => jest.dontMock('json-schema-to-typescript'))

  it('says what to install, and nothing else of the command needs it', async () => {
    const fresh = await import('../generate-types')
    await expect(fresh.typeFiles(kameleoon, () => true)).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringContaining('npm install --save-dev json-schema-to-typescript@10') as string
    })
    const { generateMetadata } = await import('../generate-metadata')
    const terminal = observedTerminal()
    expect(await generateMetadata({ check: true }, { terminal, definition: kameleoon })).toBe(0)
    expect(terminal.printed()).toBe('up to date: metadata.json\n')
  })
})
