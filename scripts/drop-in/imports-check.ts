import { builtinModules } from 'module'
import { join, relative, sep } from 'path'
import typescript from 'typescript'
import type { Node, SourceFile } from 'typescript'
import { isTest, type Check, type DropInFolder } from './drop-in-folder'

/** Packages of Segment's repository that the code may import, besides Node's own modules. */
const FOR_CODE = [
  /^@segment\/actions-core($|\/destination-kit|\/mapping-kit|\/schema-validation)/,
  /^dayjs($|\/)/,
  /^lru-cache$/
]

/** Packages that its tests may import. */
const FOR_TESTS = [...FOR_CODE, /^nock$/, /^chance$/, /^@segment\/destination-subscriptions$/]

/** Shared helpers of Segment's repository, relative to the folder: those of the code, and those of the tests. */
const SHARED = /^\.\.\/\.\.\/lib\/(hashing-utils|dayjs)$/
const SHARED_BY_TESTS = /^\.\.\/\.\.\/lib\/(test-data|hashing-utils|dayjs)$/

interface Import {
  from: string
  names: string[]
  line: number
}

/** The folder imports only what Segment's repository has. */
export const importsCheck: Check = {
  name: 'imports',
  run: ({ files, text }) => {
    const sources = files.filter((file) => file.endsWith('.ts'))
    const imports = sources.flatMap((file) =>
      importsIn(file, text(file)).map((found) => ({ file, ...found, fault: faultOf(file, found) }))
    )
    const faults = imports.filter(({ fault }) => fault).map(({ file, line, fault }) => `${file}:${line} ${fault}`)
    return { faults, detail: `${imports.length} imports` }
  }
}

function faultOf(file: string, { from, names }: Import): string | null {
  if (from.startsWith('.')) return relativeFault(file, from)
  // Segment's lint rule forbids importing this name.
  if (/^(node:)?crypto$/.test(from) && names.includes('createHash')) return 'imports createHash by name'
  if (builtinModules.includes(from.replace(/^node:/, ''))) return null
  const allowed = isTest(file) ? FOR_TESTS : FOR_CODE
  return allowed.some((pattern) => pattern.test(from))
    ? null
    : `imports ${from}, which is not in the repository of Segment`
}

function relativeFault(file: string, from: string): string | null {
  const target = relative('.', join(file, '..', from))
    .split(sep)
    .join('/')
  if (!target.startsWith('..')) return null
  const shared = isTest(file) ? SHARED_BY_TESTS : SHARED
  return shared.test(target) ? null : `imports ${from}, which is outside the folder`
}

function importsIn(file: string, text: string): Import[] {
  const source = typescript.createSourceFile(file, text, typescript.ScriptTarget.ES2020, true)
  const found: Import[] = []
  const visit = (node: Node): void => {
    const seen = importOf(source, node)
    if (seen) found.push(seen)
    typescript.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function importOf(source: SourceFile, node: Node): Import | null {
  const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1
  if (typescript.isImportDeclaration(node) || typescript.isExportDeclaration(node)) {
    const { moduleSpecifier } = node
    if (!moduleSpecifier || !typescript.isStringLiteral(moduleSpecifier)) return null
    return { from: moduleSpecifier.text, names: namesIn(node.getText(source)), line }
  }
  if (!typescript.isCallExpression(node)) return null
  const [argument] = node.arguments
  const isImport = node.expression.kind === typescript.SyntaxKind.ImportKeyword
  const isRequire = /^(require(\.resolve)?|jest\.(mock|doMock|requireActual))$/.test(node.expression.getText(source))
  if (!(isImport || isRequire) || !argument || !typescript.isStringLiteralLike(argument)) return null
  return { from: argument.text, names: namesIn(node.parent.getText(source)), line }
}

/** Imported names; `*` for a whole module. */
function namesIn(text: string): string[] {
  if (/^(?:import|export)\s+\*/.test(text)) return ['*']
  return /\{([^}]*)\}/.exec(text)?.[1].match(/\w+/g) ?? []
}

/** Every exported value is used by another source of the folder, or exported by its index. Tests do not count as use. */
export const exportsCheck: Check = {
  name: 'exports',
  run: (folder) => {
    const sources = folder.files.filter((file) => file.endsWith('.ts') && !isTest(file))
    const used = new Set(sources.flatMap((file) => usedBy(folder, file)))
    const exported = sources.flatMap((file) => valuesExportedBy(folder, file).map((name) => ({ file, name })))
    const isUsed = (file: string, name: string): boolean =>
      file === 'index.ts' || [name, '*'].some((one) => used.has(`${moduleOf(file)} ${one}`))
    const unused = exported.filter(({ file, name }) => !isUsed(file, name))
    return {
      faults: unused.map(({ file, name }) => `${file} exports ${name}, which no other source uses`),
      detail: `${exported.length} exported values`
    }
  }
}

/** Module and name of everything that a file imports from its own folder. */
function usedBy({ text }: DropInFolder, file: string): string[] {
  return importsIn(file, text(file))
    .filter(({ from }) => from.startsWith('.'))
    .flatMap(({ from, names }) => names.map((name) => `${moduleOf(join(file, '..', from))} ${name}`))
}

function moduleOf(file: string): string {
  return file
    .split(sep)
    .join('/')
    .replace(/\.ts$/, '')
    .replace(/(^|\/)index$/, '')
}

function valuesExportedBy({ text }: DropInFolder, file: string): string[] {
  return [...text(file).matchAll(/^export (?:async )?(?:const|let|function\*?|class|enum) (\w+)/gm)].map(
    ([, name]) => name
  )
}
