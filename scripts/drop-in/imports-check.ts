import { builtinModules } from 'module'
import { join, relative, sep } from 'path'
import typescript from 'typescript'
import type { Node, SourceFile } from 'typescript'
import type { Check } from './check'
import { isTest } from './drop-in-folder'

/** What the code may import besides Node's own modules: all of it is there in Segment's repository. */
const FOR_CODE = [
  /^@segment\/actions-core($|\/destination-kit|\/mapping-kit|\/schema-validation)/,
  /^dayjs($|\/)/,
  /^lru-cache$/
]

/** What its tests may import besides: their tools, and a neighbour package. */
const FOR_TESTS = [...FOR_CODE, /^nock$/, /^chance$/, /^@segment\/destination-subscriptions$/]

/** Helpers of Segment's repository that its destinations share, seen from the folder. */
const SHARED = /^\.\.\/\.\.\/lib\/(test-data|hashing-utils|dayjs)$/

interface Import {
  from: string
  names: string[]
  line: number
}

/** Nothing is imported that Segment's repository does not have. */
export const importsCheck: Check = {
  name: 'imports',
  run: ({ files, text }) => {
    const sources = files.filter((file) => file.endsWith('.ts'))
    const imports = sources.flatMap((file) =>
      importsIn(file, text(file)).map((found) => ({ file, ...found, fault: faultOf(file, found) }))
    )
    const faults = imports.filter(({ fault }) => fault).map(({ file, line, fault }) => `${file}:${line} ${fault}`)
    return { faults, detail: `${imports.length} of them` }
  }
}

function faultOf(file: string, { from, names }: Import): string | null {
  if (from.startsWith('.')) return relativeFault(file, from)
  // Segment's lint forbids this one name, whoever calls it.
  if (/^(node:)?crypto$/.test(from) && names.includes('createHash')) return 'imports createHash by name'
  if (builtinModules.includes(from.replace(/^node:/, ''))) return null
  const allowed = isTest(file) ? FOR_TESTS : FOR_CODE
  return allowed.some((pattern) => pattern.test(from)) ? null : `imports ${from}, which is not there`
}

function relativeFault(file: string, from: string): string | null {
  const target = relative('.', join(file, '..', from))
    .split(sep)
    .join('/')
  if (!target.startsWith('..')) return null
  return isTest(file) && SHARED.test(target) ? null : `imports ${from}, which leaves the folder`
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

function namesIn(text: string): string[] {
  return /\{([^}]*)\}/.exec(text)?.[1].match(/\w+/g) ?? []
}
