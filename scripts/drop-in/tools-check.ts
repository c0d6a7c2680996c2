import { createRequire } from 'module'
import { join } from 'path'
import type { CompilerOptions, Diagnostic } from 'typescript'
import typescript from 'typescript'
import { isTest, type Check, type DropInFolder } from './drop-in-folder'

/** Versions of Segment's repository. https://github.com/segmentio/action-destinations/blob/main/package.json */
const COMPILER_VERSION = '5.5.4'
const PRETTIER_VERSION = '2.4.1'

const OPTIONS: CompilerOptions = {
  target: typescript.ScriptTarget.ES2020,
  lib: ['lib.es2020.d.ts'],
  module: typescript.ModuleKind.CommonJS,
  moduleResolution: typescript.ModuleResolutionKind.Node10,
  strict: true,
  useUnknownInCatchVariables: false,
  noUnusedLocals: true,
  noUnusedParameters: true,
  esModuleInterop: true,
  // ts-jest compiles each file alone there.
  isolatedModules: true,
  skipLibCheck: true,
  noEmit: true
}

/** Code and tests compile with Segment's compiler and options. Only tests have the types of jest. */
export const typesCheck: Check = {
  name: 'types',
  run: (folder) => {
    expectVersion('TypeScript', typescript.version, COMPILER_VERSION)
    const code = folder.files.filter((file) => file.endsWith('.ts') && !isTest(file))
    const all = folder.files.filter((file) => file.endsWith('.ts'))
    const faults = [...diagnose(folder, code, ['node']), ...diagnose(folder, all, ['node', 'jest'])]
    const detail = `${all.length} files with TypeScript ${typescript.version}, es2020`
    return Promise.resolve({ faults: [...new Set(faults)], detail })
  }
}

function diagnose({ packageFolder, folder }: DropInFolder, files: string[], types: string[]) {
  const program = typescript.createProgram(
    files.map((file) => join(folder, file)),
    { ...OPTIONS, types, typeRoots: [join(packageFolder, '..', '..', 'node_modules', '@types')] }
  )
  return typescript.getPreEmitDiagnostics(program).map((diagnostic) => shown(folder, diagnostic))
}

function shown(folder: string, { file, start, messageText }: Diagnostic): string {
  const text = typescript.flattenDiagnosticMessageText(messageText, ' ')
  if (!file || start === undefined) return text
  const { line } = file.getLineAndCharacterOfPosition(start)
  return `${file.fileName.split(`${folder}/`).pop()}:${line + 1} ${text}`
}

interface Prettier {
  version: string
  check: (text: string, options: typeof STYLE) => boolean
}

/** The format of Segment's repository. */
const STYLE = { parser: 'typescript', semi: false, singleQuote: true, trailingComma: 'none', printWidth: 120 } as const

/** Every source has the format of Segment's repository, by the prettier of that repository. */
export const formatCheck: Check = {
  name: 'format',
  run: ({ files, text }) => {
    const prettier = segmentsPrettier()
    expectVersion('prettier', prettier.version, PRETTIER_VERSION)
    const sources = files.filter((file) => file.endsWith('.ts'))
    const faults = sources.flatMap((file) => formatFault(prettier, file, text(file)))
    return { faults, detail: `${sources.length} files with prettier ${prettier.version}` }
  }
}

/** The prettier of the type compiler. An override in package.json gives it the version of Segment's repository. */
function segmentsPrettier(): Prettier {
  // This version has no types of its own.
  return createRequire(require.resolve('json-schema-to-typescript'))('prettier') as Prettier
}

/** A syntax that this prettier does not know is a fault of its own. */
function formatFault(prettier: Prettier, file: string, text: string): string[] {
  try {
    return prettier.check(text, STYLE) ? [] : [`${file} is formatted differently`]
  } catch (error) {
    return [`${file} cannot be parsed: ${String(error).split('\n')[0]}`]
  }
}

function expectVersion(tool: string, installed: string, wanted: string): void {
  if (installed !== wanted)
    throw new Error(`${tool} ${installed} is installed, but Segment's repository uses ${wanted}`)
}
