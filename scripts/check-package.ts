/**
 * Packs the project, installs the package into an empty folder as the README says, and uses it as a stranger would: the
 * command must deliver the examples and open the workbench, and a host must be able to load the definition, the emulator and
 * the browser plugin, types included.
 */
import { execFileSync } from 'child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'fs'
import { tmpdir } from 'os'
import path from 'path'
import { tryWorkbench } from './workbench-trial'

const HOST = `
import { Destination } from '@segment/actions-core'
import kameleoon from 'segment-destination-kameleoon'
import { connectTo, startEmulator } from 'segment-destination-kameleoon/emulator'

async function main(): Promise<void> {
  const emulator = await startEmulator()
  const destination = new Destination(connectTo(kameleoon, emulator))
  const subscription = JSON.parse(JSON.stringify(kameleoon.presets?.[0]))
  const settings = { apiKey: emulator.apiKey, sitecode: emulator.sitecode, subscription }
  const event = {
    type: 'track' as const,
    event: 'Order Completed',
    messageId: 'check-package-1',
    timestamp: new Date().toISOString(),
    userId: 'visitor-1',
    properties: { revenue: 12.5 }
  }
  await destination.onEvent(event, settings)
  await emulator.close()
  console.log(JSON.stringify(emulator.visitor('visitor-1')?.conversions.map(({ goalName, revenue }) => [goalName, revenue])))
}

void main()
`

const SHOP = `
import { kameleoonPlugin } from 'segment-destination-kameleoon/analytics-plugin'

export const plugin = kameleoonPlugin({ timeLimit: 500, exposures: 'track' })
`

const project = path.join(__dirname, '..')
const folder = mkdtempSync(path.join(tmpdir(), 'package-check-'))

function run(command: string, args: string[], cwd = folder): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
}

function expect(text: string, part: string, what: string): void {
  if (!text.includes(part)) throw new Error(`${what} failed; it said:\n${text}`)
  console.log(`ok: ${what}`)
}

async function check(): Promise<void> {
  const [packed] = JSON.parse(
    run('npm', ['pack', '--json', '--silent', '--pack-destination', folder], project)
  ) as Array<{
    filename: string
    files: Array<{ path: string }>
  }>
  const strays = packed.files.filter(
    ({ path: file }) => /__tests__|\.map$|\.tsx?$/.test(file) && !file.endsWith('.d.ts')
  )
  if (strays.length > 0) throw new Error(`The package holds ${strays[0].path}`)
  run('npm', ['init', '-y', '--silent'])
  run('npm', ['install', '--silent', '--no-audit', '--no-fund', `./${packed.filename}`])
  expect(run('npx', ['kameleoon-destination', 'demo']), 'then discarded: nothing', 'the command delivers its examples')

  writeFileSync(path.join(folder, 'host.ts'), HOST)
  const compiler = path.join(project, 'node_modules/typescript/bin/tsc')
  const types = ['--types', 'node', '--typeRoots', path.join(project, 'node_modules/@types')]
  const strict = ['--strict', '--esModuleInterop', '--skipLibCheck', '--target', 'es2020', '--module']
  run('node', [compiler, 'host.ts', ...types, ...strict, 'node16', '--moduleResolution', 'node16', '--noEmit'])
  run('node', [compiler, 'host.ts', ...types, ...strict, 'commonjs', '--moduleResolution', 'node'])
  expect(run('node', ['host.js']), '[["Order Completed",12.5]]', 'a host loads the definition and delivers')

  writeFileSync(path.join(folder, 'shop.mts'), SHOP)
  const browser = ['--lib', 'es2020,dom', '--module', 'esnext', '--moduleResolution', 'bundler', '--noEmit']
  run('node', [compiler, 'shop.mts', '--strict', '--skipLibCheck', '--target', 'es2020', ...browser])
  console.log('ok: a page imports the browser plugin')

  await tryWorkbench(folder)
  console.log('ok: the workbench opens with the examples delivered')
}

void check().finally(() => rmSync(folder, { recursive: true, force: true }))
