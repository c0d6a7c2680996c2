import { readFileSync } from 'fs'
import { join } from 'path'
import { isTest, layOut, type Check, type DropInFolder } from '../../../../../scripts/drop-in/drop-in-folder'
import { filesCheck, sizeCheck, snapshotsCheck } from '../../../../../scripts/drop-in/files-check'
import { exportsCheck, importsCheck } from '../../../../../scripts/drop-in/imports-check'
import { formatCheck, typesCheck } from '../../../../../scripts/drop-in/tools-check'
import { DESTINATION_FOLDER } from '../../../package-files'
import { copiedFolder } from './command'

let laid: DropInFolder
beforeAll(() => (laid = layOut(DESTINATION_FOLDER)))
afterAll(() => laid.remove())

/** What a check finds in our folder once these files say something else, or are gone. */
async function faults(check: Check, changed: Record<string, string | null>): Promise<string[]> {
  const files = new Set([...laid.files, ...Object.keys(changed)])
  for (const [file, text] of Object.entries(changed)) if (text === null) files.delete(file)
  const result = await check.run({ ...laid, files: [...files], text: (file) => changed[file] ?? laid.text(file) })
  return result.faults
}

/** What a check finds in a folder of these files alone. */
async function faultsOf(check: Check, files: Record<string, string>): Promise<string[]> {
  const result = await check.run({ ...laid, files: Object.keys(files), text: (file) => files[file] })
  return result.faults
}

describe('the layout', () => {
  it('has the destination and its helpers where Segment has them, and nothing else', () => {
    const helper = join(laid.folder, '__tests__', '../../../lib/test-data.ts')
    expect(readFileSync(helper, 'utf8')).toContain('generateTestData')
    expect(readFileSync(join(laid.folder, '../../lib/hashing-utils.ts'), 'utf8')).toContain('processHashing')
    expect(laid.folder.endsWith(join('packages', 'destination-actions', 'src', 'destinations', 'kameleoon'))).toBe(true)
    expect(laid.files).toContain('logEvent/index.ts')
    expect(laid.files.filter(isTest)).toContain('__tests__/snapshot.test.ts')
  })
})

describe('the check of files', () => {
  it('finds nothing wrong with ours', async () => expect(await faults(filesCheck, {})).toEqual([]))

  it.each<[string, Record<string, string | null>, string]>([
    ['a missing file', { 'versioning-info.ts': null }, 'versioning-info.ts is missing'],
    [
      'a missing snapshot test',
      { 'pageEvent/__tests__/snapshot.test.ts': null },
      'pageEvent/__tests__/snapshot.test.ts is missing'
    ],
    ['no default export', { 'index.ts': 'export const a = 1\n' }, 'index.ts has no default export'],
    ['a stray file', { 'notes.md': '' }, 'notes.md is a kind of file that does not belong there'],
    [
      'a helper that would run as a test',
      { '__tests__/events.ts': '' },
      '__tests__/events.ts would run as a test: name it *.test.ts, or put it into __tests__/__helpers__'
    ],
    [
      'types without a banner',
      { 'logEvent/generated-types.ts': 'export interface Payload {}\n' },
      'logEvent/generated-types.ts does not start with the banner of generated files'
    ],
    ['old metadata', { 'metadata.json': '{}\n' }, 'metadata.json is out of date: run generate:metadata'],
    ['no version', { 'versioning-info.ts': '' }, 'versioning-info.ts names no version'],
    [
      'a version of another name',
      { 'versioning-info.ts': "/** See https://a.example */\nexport const VERSION = '1'\n" },
      'versioning-info.ts: VERSION is not a KAMELEOON_..._VERSION with a text'
    ],
    [
      'a version without an address',
      { 'versioning-info.ts': "/** See there */\nexport const KAMELEOON_API_VERSION = '1'\n" },
      'versioning-info.ts: KAMELEOON_API_VERSION has no comment with an address above it'
    ],
    [
      'logging',
      { 'settings.ts': 'console.log(1)\n' },
      'settings.ts logs to the console: data of users must not get into logs'
    ]
  ])('finds %s', async (_case, changed, fault) => expect(await faults(filesCheck, changed)).toEqual([fault]))
})

describe('the check of the size', () => {
  it('finds nothing wrong with ours', async () => expect(await faults(sizeCheck, {})).toEqual([]))

  it('finds more than 62 sources', async () => {
    const files = Object.fromEntries(Array.from({ length: 63 }, (_, index) => [`source-${index}.ts`, '']))
    const generated = { 'generated-types.ts': '', '__tests__/a.test.ts': '' }
    expect(await faultsOf(sizeCheck, { ...files, ...generated })).toEqual([
      'there are 63 sources, 62 at most are allowed'
    ])
  })
})

describe('the check of exports', () => {
  it('finds nothing wrong with ours', async () => expect(await faults(exportsCheck, {})).toEqual([]))

  it('finds values that only tests use, or nobody', async () => {
    const files = {
      'index.ts': "import * as all from './all'\nimport a, { used } from './a'\nexport const definition = 1\n",
      'a.ts': 'export const used = 1\nexport function tested(): void {}\nexport interface Shape {}\n',
      'all.ts': 'export const one = 1\n',
      '__tests__/a.test.ts': "import { tested } from '../a'\n"
    }
    expect(await faultsOf(exportsCheck, files)).toEqual(['a.ts exports tested, which no other source uses'])
  })
})

describe('the check of imports', () => {
  it('finds nothing wrong with ours', async () => expect(await faults(importsCheck, {})).toEqual([]))

  it.each([
    ["import _ from 'lodash'", 'imports lodash, which is not in the repository of Segment'],
    ["export * from 'lodash/omit'", 'imports lodash/omit, which is not in the repository of Segment'],
    ["import nock from 'nock'", 'imports nock, which is not in the repository of Segment'],
    ["import { createHash } from 'crypto'", 'imports createHash by name'],
    ["import { createHash as hash } from 'node:crypto'", 'imports createHash by name'],
    ["const { createHash } = require('crypto')", 'imports createHash by name'],
    ["const a = await import('fastify')", 'imports fastify, which is not in the repository of Segment'],
    ["import { a } from '../../emulator'", 'imports ../../emulator, which is outside the folder'],
    ["import { a } from '../../lib/test-data'", 'imports ../../lib/test-data, which is outside the folder']
  ])('finds %s', async (line, fault) => {
    expect(await faultsOf(importsCheck, { 'index.ts': `// first\n${line}\n` })).toEqual([`index.ts:2 ${fault}`])
  })

  it.each([
    ['index.ts', "import crypto from 'crypto'\nimport { randomUUID } from 'node:crypto'"],
    ['index.ts', "import dayjs from 'dayjs'\nimport { LRUCache } from 'lru-cache'\nimport a from './api/hosts'"],
    ['api/hosts.ts', "import { processHashing } from '../../../lib/hashing-utils'"],
    ['api/hosts.ts', "import a from '..'\nimport { IntegrationError } from '@segment/actions-core'"],
    ['api/__tests__/hosts.test.ts', "import nock from 'nock'\nimport a from '../../../../lib/test-data'"]
  ])('lets %s say %p', async (file, text) => expect(await faultsOf(importsCheck, { [file]: text })).toEqual([]))

  it('finds tests that use what is not shared', async () => {
    expect(await faultsOf(importsCheck, { '__tests__/a.test.ts': "import a from '../../../emulator'\n" })).toEqual([
      '__tests__/a.test.ts:1 imports ../../../emulator, which is outside the folder'
    ])
  })
})

describe('the check of snapshots', () => {
  const test = '__tests__/a.test.ts'
  const file = '__tests__/__snapshots__/a.test.ts.snap'
  const header = '// Jest Snapshot v1, https://jestjs.io/docs/snapshot-testing\n\n'

  it('finds nothing wrong with ours', async () => expect(await faults(snapshotsCheck, {})).toEqual([]))

  it.each([
    ['another header', 'exports[`a 1`] = `1`\n', `${file} does not start with the header that jest 27 reads`],
    ['the newer form', `${header}exports[\`a 1\`] = \`\n{\n}\n\`\n`, `${file} prints objects without "Object"`]
  ])('finds %s', async (_case, text, fault) => {
    expect(await faultsOf(snapshotsCheck, { [test]: '', [file]: text })).toEqual([fault])
  })

  it('finds one without a test', async () => {
    expect(await faultsOf(snapshotsCheck, { [file]: header })).toEqual([`${file} has no test`])
  })
})

describe('the check of the format', () => {
  it('is the one of prettier 2.4.1, which does not know newer syntax', async () => {
    const after = {
      'a.ts': 'const a = b ? c : d ?? e\n',
      'b.ts': 'const a = b ? c : (d ?? e)\n',
      'c.ts': 'const a = 1;\n',
      'd.ts': 'const a = {} satisfies object\n'
    }
    expect(await faultsOf(formatCheck, after)).toEqual([
      'b.ts is formatted differently',
      'c.ts is formatted differently',
      expect.stringMatching(/^d\.ts cannot be parsed: SyntaxError/)
    ])
  })
})

describe('the check of types', () => {
  it('knows neither newer methods nor browsers nor jest outside of tests', async () => {
    const folder = copiedFolder()
    const text = [
      "export const a = 'a'.replaceAll('a', 'b')",
      'export const b = window.name',
      'export const c = expect(1)',
      'function unused(): void {}'
    ]
    const { writeFileSync } = await import('fs')
    writeFileSync(join(folder, 'broken.ts'), text.join('\n'))
    const broken = { ...laid, folder, files: ['broken.ts'] }
    const found = (await typesCheck.run(broken)).faults
    expect(found.map((fault) => fault.split(' ')[0])).toEqual([
      'broken.ts:1',
      'broken.ts:2',
      'broken.ts:3',
      'broken.ts:4'
    ])
    expect(found[0]).toContain("Property 'replaceAll' does not exist")
  })
})
