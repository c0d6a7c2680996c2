import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'fs'
import { tmpdir } from 'os'
import { basename, dirname, join, relative, sep } from 'path'

const REPOSITORY = join(__dirname, '..', '..')
const PACKAGE = join('packages', 'destination-actions')

/** A copy of the destination at the place it has in Segment's repository. It is removed after the checks. */
export interface DropInFolder {
  /** packages/destination-actions, with the repository's packages in reach. */
  packageFolder: string
  /** The destination itself. */
  folder: string
  /** Its files, relative to it and with slashes. */
  files: string[]
  text: (file: string) => string
  remove: () => void
}

/** Copies the destination, and the helpers that it and its tests import, to the places they have in Segment's repository. */
export function layOut(source: string): DropInFolder {
  const root = mkdtempSync(join(tmpdir(), 'drop-in-'))
  const packageFolder = join(root, PACKAGE)
  const folder = join(packageFolder, 'src', 'destinations', basename(source))
  mkdirSync(dirname(folder), { recursive: true })
  cpSync(source, folder, { recursive: true })
  cpSync(join(REPOSITORY, 'src', 'lib'), join(packageFolder, 'src', 'lib'), {
    recursive: true,
    filter: (path) => basename(path) !== '__tests__'
  })
  symlinkSync(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'))
  return {
    packageFolder,
    folder,
    files: filesIn(folder).map((path) => relative(folder, path).split(sep).join('/')),
    text: (file) => readFileSync(join(folder, file), 'utf8'),
    remove: () => rmSync(root, { recursive: true })
  }
}

/** Whether a file belongs to the tests, which may import more. */
export function isTest(file: string): boolean {
  return file.includes('__tests__/')
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)]))
    .sort()
}

/** One requirement of Segment's repository for a destination's folder. */
export interface Check {
  name: string
  run: (folder: DropInFolder) => Promise<Result> | Result
}

export interface Result {
  /** What is wrong, one text for each fault. */
  faults: string[]
  /** What was checked, for the report. */
  detail: string
}
