import { join } from 'path'
import type { CompilerOptions, Diagnostic } from 'typescript'
import type { Check } from './check'
import { segmentsCompiler, type TypeScript } from './compiler'
import { isTest, type DropInFolder } from './drop-in-folder'

/** The code knows Node only, its tests jest too; both compile strictly, as everything in Segment's repository. */
export const typesCheck: Check = {
  name: 'types',
  run: (folder) => {
    const typescript = segmentsCompiler()
    const code = folder.files.filter((file) => file.endsWith('.ts') && !isTest(file))
    const all = folder.files.filter((file) => file.endsWith('.ts'))
    const faults = [
      ...diagnose(typescript, folder, code, ['node']),
      ...diagnose(typescript, folder, all, ['node', 'jest'])
    ]
    const detail = `${all.length} files with TypeScript ${typescript.version}, es2020`
    return Promise.resolve({ faults: [...new Set(faults)], detail })
  }
}

function diagnose(typescript: TypeScript, { packageFolder, folder }: DropInFolder, files: string[], types: string[]) {
  const program = typescript.createProgram(
    files.map((file) => join(folder, file)),
    { ...optionsOf(typescript), types, typeRoots: [join(packageFolder, '..', '..', 'node_modules', '@types')] }
  )
  return typescript.getPreEmitDiagnostics(program).map((diagnostic) => shown(typescript, folder, diagnostic))
}

function optionsOf({ ScriptTarget, ModuleKind, ModuleResolutionKind }: TypeScript): CompilerOptions {
  return {
    target: ScriptTarget.ES2020,
    lib: ['lib.es2020.d.ts'],
    module: ModuleKind.CommonJS,
    moduleResolution: ModuleResolutionKind.Node10,
    strict: true,
    useUnknownInCatchVariables: false,
    noUnusedLocals: true,
    noUnusedParameters: true,
    esModuleInterop: true,
    // ts-jest compiles file by file there.
    isolatedModules: true,
    skipLibCheck: true,
    noEmit: true
  }
}

function shown(typescript: TypeScript, folder: string, { file, start, messageText }: Diagnostic): string {
  const text = typescript.flattenDiagnosticMessageText(messageText, ' ')
  if (!file || start === undefined) return text
  const { line } = file.getLineAndCharacterOfPosition(start)
  return `${file.fileName.split(`${folder}/`).pop()}:${line + 1} ${text}`
}
