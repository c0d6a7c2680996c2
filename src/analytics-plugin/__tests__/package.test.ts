import { execFileSync } from 'child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'fs'
import { tmpdir } from 'os'
import path from 'path'
import { gzipSync } from 'zlib'

const ROOT = path.join(__dirname, '../../..')
const LIMIT = 3_000

/** A project that uses the built plugin as it is shipped. */
const project = mkdtempSync(path.join(tmpdir(), 'plugin-user-'))
const plugin = path.join(project, 'node_modules/plugin')

beforeAll(() => {
  mkdirSync(path.join(project, 'node_modules/@segment'), { recursive: true })
  symlinkSync(
    path.join(ROOT, 'node_modules/@segment/analytics-next'),
    path.join(project, 'node_modules/@segment/analytics-next')
  )
  writeFileSync(path.join(project, 'package.json'), '{"type":"module"}')
  run('tsx', path.join(ROOT, 'scripts/build-plugin.ts'), path.join(project, 'built'))
  cpSync(path.join(project, 'built'), plugin, { recursive: true })
}, 60_000)

afterAll(() => rmSync(project, { recursive: true }))

function run(command: string, ...parameters: string[]): string {
  return execFileSync(path.join(ROOT, 'node_modules/.bin', command), parameters, { cwd: project, encoding: 'utf8' })
}

function bundle(code: string): string {
  writeFileSync(path.join(project, 'entry.js'), code)
  const entry = "{ build: { lib: { entry: 'entry.js', formats: ['es'], fileName: 'out' } } }"
  writeFileSync(path.join(project, 'vite.config.mjs'), `export default ${entry}`)
  run('vite', 'build', '--logLevel', 'error')
  return readFileSync(path.join(project, 'dist/out.js'), 'utf8')
}

it.each(['index.js', 'kameleoon-segment.js'])('%s is below 3 KB compressed', (file) => {
  expect(gzipSync(readFileSync(path.join(plugin, file))).length).toBeLessThan(LIMIT)
})

it('leaves out of a bundle what is not used', () => {
  const whole = bundle("import * as all from './node_modules/plugin/index.js'; console.log(all)")
  const storedData = bundle("import { setStoredData } from './node_modules/plugin/index.js'; setStoredData({})")
  const nothing = bundle("import './node_modules/plugin/index.js'")
  expect(whole).toContain('Experiment Viewed')
  expect(storedData).toContain('COHORTS_')
  expect(storedData).not.toContain('Experiment Viewed')
  expect(gzipSync(storedData).length).toBeLessThan(gzipSync(whole).length / 2)
  expect(nothing.trim()).toBe('')
}, 60_000)

it("has types that fit analytics.js and TypeScript's strictest resolution, and reject wrong options", () => {
  const use = `
    import { AnalyticsBrowser, type Plugin } from '@segment/analytics-next'
    import { kameleoonPlugin, setStoredData, visitorCode } from './node_modules/plugin/index.js'
    export const plugin: Plugin = kameleoonPlugin({ timeLimit: 500, exposures: 'both' })
    export const analytics = AnalyticsBrowser.load({ writeKey: 'a', plugins: [kameleoonPlugin()] })
    export const code: string | undefined = visitorCode()
    setStoredData({ traits: [{ trait: 'plan', customData: 'Plan', type: 'string' }] })
    // @ts-expect-error no such choice
    kameleoonPlugin({ exposures: 'all' })
    // @ts-expect-error no such type
    setStoredData({ traits: [{ trait: 'plan', customData: 'Plan', type: 'date' }] })`
  writeFileSync(path.join(project, 'use.mts'), use)
  const compilerOptions = {
    module: 'nodenext',
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: [],
    lib: ['es2020', 'dom']
  }
  writeFileSync(path.join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['use.mts'] }))
  expect(run('tsc')).toBe('')
}, 60_000)

it('is what docs/stored-data-script.js is generated from', () => {
  expect(run('tsx', path.join(ROOT, 'scripts/stored-data-script.ts'), '--check')).not.toContain('differs')
}, 60_000)
