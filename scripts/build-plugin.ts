import { execFileSync } from 'child_process'
import { readdirSync, readFileSync, writeFileSync } from 'fs'
import path from 'path'

const SOURCE = path.join(__dirname, '../src/analytics-plugin')
const TARGET = path.resolve(process.argv[2] ?? path.join(__dirname, '../dist/analytics-plugin'))

/** Builds the browser plugin: ES module, script and types. An argument names another folder than `dist/analytics-plugin`. */
function build(): void {
  run('vite', 'build', '--config', path.join(SOURCE, 'vite.config.mts'), '--outDir', TARGET)
  run('tsc', '--project', path.join(SOURCE, 'tsconfig.build.json'), '--outDir', TARGET)
  for (const file of readdirSync(TARGET, { recursive: true, encoding: 'utf8' })) {
    if (file.endsWith('.d.ts')) nameFiles(path.join(TARGET, file))
  }
}

/** In ES modules Node's resolution, which TypeScript follows, wants the names of files whole. */
function nameFiles(declarations: string): void {
  const text = readFileSync(declarations, 'utf8')
  writeFileSync(declarations, text.replace(/ from '(\.[^']*)'/g, " from '$1.js'"))
}

function run(command: string, ...parameters: string[]): void {
  execFileSync(path.join(__dirname, '../node_modules/.bin', command), parameters, { stdio: 'inherit' })
}

build()
