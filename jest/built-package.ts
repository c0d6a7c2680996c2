import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'fs'
import path from 'path'
import ts from 'typescript'
import { cachedBuild } from './cached-build'

const ROOT = path.join(__dirname, '..')

/** The folder of the compiled package without its pages: `dist`, with package.json and the examples beside it. */
export function builtPackage(): Promise<string> {
  return cachedBuild({ folder: path.join(ROOT, 'src') }, (folder) => {
    compileInto(path.join(folder, 'dist'))
    for (const file of ['package.json', 'examples/events.ndjson'])
      cpSync(path.join(ROOT, file), path.join(folder, file))
    return Promise.resolve()
  })
}

/** Compiles as the build does, but leaves the types unchecked, which takes most of the time; `npm run typecheck` checks them. */
function compileInto(dist: string): void {
  const { fileNames, options } = configuration()
  for (const file of fileNames) {
    const { outputText } = ts.transpileModule(readFileSync(file, 'utf8'), { fileName: file, compilerOptions: options })
    const target = path.join(dist, path.relative(path.join(ROOT, 'src'), file)).replace(/\.ts$/, '.js')
    mkdirSync(path.dirname(target), { recursive: true })
    writeFileSync(target, outputText)
  }
}

function configuration(): ts.ParsedCommandLine {
  const file = path.join(ROOT, 'tsconfig.build.json')
  const read = ts.readConfigFile(file, (name) => ts.sys.readFile(name))
  return ts.parseJsonConfigFileContent(read.config, ts.sys, ROOT, { sourceMap: false, inlineSources: false })
}
