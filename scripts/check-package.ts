/**
 * Packs the built project, installs the package into an empty folder as the README says, and uses it as a stranger would, with each
 * version of Node that it is for: the command delivers, and hosts load the definition and the emulator from CommonJS, ES
 * modules and TypeScript. The workbench opens once.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'fs'
import { tmpdir } from 'os'
import path from 'path'
import {
  ALL_HOSTS,
  BUNDLED_HOSTS,
  EVENT,
  NODE_HOSTS,
  OLD_HOSTS,
  PLAIN_HOSTS,
  PRINTED_BY_ALL
} from './package-check/hosts'
import { nodeVersions, type NodeVersion } from './package-check/node-versions'
import { checkForm, packed } from './package-check/packed'
import { expect, run } from './package-check/running'
import { tryWorkbench } from './workbench-trial'

const project = path.join(__dirname, '..')
const folder = mkdtempSync(path.join(tmpdir(), 'package-check-'))

async function check(): Promise<void> {
  const file = await packed(project, folder)
  const [versions] = await Promise.all([
    nodeVersions(path.join(project, 'node_modules/.cache')),
    install(file).then(compile),
    checkForm(project, file)
  ])
  await Promise.all(versions.map(useWith))
  await tryWorkbench(folder)
  console.log('ok: the workbench opens with the examples delivered')
}

async function install(file: string): Promise<void> {
  await run('npm', ['init', '-y', '--silent'], folder)
  await run('npm', ['install', '--silent', '--no-audit', '--no-fund', file], folder)
  const hosts = { ...NODE_HOSTS, ...BUNDLED_HOSTS, ...OLD_HOSTS, ...PLAIN_HOSTS, ...ALL_HOSTS }
  for (const [name, source] of Object.entries(hosts)) writeFileSync(path.join(folder, name), source)
  writeFileSync(path.join(folder, 'one-event.ndjson'), `${JSON.stringify(EVENT)}\n`)
}

async function compile(): Promise<void> {
  await compiler(NODE_HOSTS, ['--module', 'nodenext', '--target', 'es2022'])
  await compiler(OLD_HOSTS, ['--module', 'commonjs', '--moduleResolution', 'node', '--noEmit'])
  const browser = ['--lib', 'es2022,dom', '--target', 'es2022']
  await compiler(BUNDLED_HOSTS, ['--module', 'esnext', '--moduleResolution', 'bundler', '--noEmit', ...browser])
  console.log('ok: TypeScript takes the package with the module resolution of Node, of bundlers, and the old one')
}

async function compiler(hosts: Record<string, string>, options: string[]): Promise<void> {
  const types = ['--types', 'node', '--typeRoots', path.join(project, 'node_modules/@types')]
  const strict = ['--strict', '--esModuleInterop', '--skipLibCheck']
  const program = path.join(project, 'node_modules/typescript/bin/tsc')
  await run(process.execPath, [program, ...Object.keys(hosts), ...types, ...strict, ...options], folder)
}

/** Uses the installed package with one version of Node. */
async function useWith({ version, program }: NodeVersion): Promise<void> {
  const command = 'node_modules/segment-destination-kameleoon/dist/cli/main.js'
  const node = (...parameters: string[]): Promise<string> => run(program, parameters, folder)
  const printed = (await node('all.mjs')).trim().split('\n').sort().join('\n')
  expect(
    printed,
    PRINTED_BY_ALL,
    `Node ${version}: CommonJS and ES modules load it, and deliver when compiled from TypeScript`
  )
  expect(await node(command, 'demo'), 'then discarded: nothing', `Node ${version}: demo`)
  const checkpoint = `node-${version}.checkpoint`
  const summary = await node(command, 'deliver', 'one-event.ndjson', '--checkpoint', checkpoint, '--json')
  expect(summary, '"delivered": 1', `Node ${version}: deliver`)
}

check()
  .finally(() => rmSync(folder, { recursive: true, force: true }))
  .catch((error: Error) => {
    console.error(error.message)
    process.exitCode = 1
  })
