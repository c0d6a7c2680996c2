import { existsSync, readFileSync } from 'fs'
import { createRequire } from 'module'
import path from 'path'
import { transformSync } from '@swc/core'
import type * as plugin from '../src/destinations/kameleoon'

/** What the plugin exports. */
export type Plugin = typeof plugin

const SOURCES = path.resolve(__dirname, '../src')
const ENTRY = path.join(SOURCES, 'destinations/kameleoon/index.ts')

/** Compiled sources, by path. */
const compiled = new Map<string, string>()

interface Loaded {
  exports: unknown
}

/** A compiled module of CommonJS. */
type RunModule = (require: (name: string) => unknown, module: Loaded, exports: unknown) => void

/**
 * The plugin as another process has it: all of its modules are new, so nothing that one copy remembers is known to another.
 * Packages are shared.
 */
export function pluginCopy(): Plugin {
  const modules = new Map<string, Loaded>()
  const load = (file: string): unknown => {
    const known = modules.get(file)
    if (known) return known.exports
    const loaded: Loaded = { exports: {} }
    modules.set(file, loaded)
    const fromHere = createRequire(file)
    const require = (name: string): unknown =>
      name.startsWith('.') ? load(sourceOf(path.resolve(path.dirname(file), name))) : fromHere(name)
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the text is this repository's own code
    const run = new Function('require', 'module', 'exports', codeOf(file)) as RunModule
    run(require, loaded, loaded.exports)
    return loaded.exports
  }
  // The modules of ENTRY were loaded in place of those that the type names.
  return load(ENTRY) as Plugin
}

function sourceOf(name: string): string {
  const found = [`${name}.ts`, path.join(name, 'index.ts')].find((file) => existsSync(file))
  if (found === undefined) throw new Error(`The plugin imports ${name}, which is no source of this repository`)
  return found
}

function codeOf(file: string): string {
  const known = compiled.get(file)
  if (known !== undefined) return known
  const { code } = transformSync(readFileSync(file, 'utf8'), {
    filename: file,
    jsc: { target: 'es2020', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' }
  })
  compiled.set(file, code)
  return code
}
