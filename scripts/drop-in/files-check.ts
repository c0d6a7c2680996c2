import kameleoon from '../../src/destinations/kameleoon'
import { metadataFile } from '../../src/cli/commands/developer/destination-metadata'
import { isTest, type Check, type DropInFolder } from './drop-in-folder'

/** Other large destinations in Segment's repository have about as many sources, generated ones not counted. */
const MAX_SOURCES = 62

const BANNER = '// Generated file. DO NOT MODIFY IT BY HAND.\n'

/** The folder has the files of a destination, in the form that Segment's repository checks. */
export const filesCheck: Check = {
  name: 'files',
  run: (folder) => ({
    faults: [...present(folder), ...kinds(folder), ...generated(folder), ...versions(folder), ...logging(folder)],
    detail: `${folder.files.length} files`
  })
}

/** The folder stays readable in one sitting. */
export const sizeCheck: Check = {
  name: 'size',
  run: ({ files }) => {
    const sources = files.filter((file) => /(?<!generated-types)\.ts$/.test(file) && !isTest(file))
    const isLarger = sources.length > MAX_SOURCES
    return {
      faults: isLarger ? [`there are ${sources.length} sources, ${MAX_SOURCES} at most are allowed`] : [],
      detail: `${sources.length} sources`
    }
  }
}

function present({ files, text }: DropInFolder): string[] {
  const parts = ['', ...Object.keys(kameleoon.actions).map((key) => `${key}/`)]
  const wanted = parts.flatMap((part) => [
    `${part}index.ts`,
    `${part}generated-types.ts`,
    `${part}__tests__/snapshot.test.ts`,
    `${part}__tests__/__snapshots__/snapshot.test.ts.snap`
  ])
  const missing = [...wanted, 'metadata.json', 'versioning-info.ts'].filter((file) => !files.includes(file))
  const nameless = parts
    .map((part) => `${part}index.ts`)
    .filter((file) => files.includes(file) && !/^export default /m.test(text(file)))
  return [...missing.map((file) => `${file} is missing`), ...nameless.map((file) => `${file} has no default export`)]
}

/** Every file under __tests__ runs as a test there, except helpers and snapshots. */
function kinds({ files }: DropInFolder): string[] {
  const known = /(^metadata\.json|\.ts|\/__snapshots__\/[^/]+\.snap)$/
  const test = /__tests__\/(__helpers__\/.+|__snapshots__\/.+|[^/]+\.test\.ts)$/
  return [
    ...files.filter((file) => !known.test(file)).map((file) => `${file} is a kind of file that does not belong there`),
    ...files
      .filter((file) => file.includes('__tests__/') && !test.test(file))
      .map((file) => `${file} would run as a test: name it *.test.ts, or put it into __tests__/__helpers__`)
  ]
}

function generated({ files, text }: DropInFolder): string[] {
  const types = files.filter((file) => file.endsWith('generated-types.ts') && !text(file).startsWith(BANNER))
  const { path, content } = metadataFile(kameleoon)
  const isCurrent = !files.includes(path) || text(path) === content
  return [
    ...types.map((file) => `${file} does not start with the banner of generated files`),
    ...(isCurrent ? [] : [`${path} is out of date: run generate:metadata`])
  ]
}

/** Each version is one constant, named after the destination, with an address in the comment above it. */
function versions({ files, text }: DropInFolder): string[] {
  const file = 'versioning-info.ts'
  if (!files.includes(file)) return []
  const parts = text(file).split(/^export const /m)
  if (parts.length === 1) return [`${file} names no version`]
  return parts.slice(1).flatMap((part, index) => {
    const name = /^\w+/.exec(part)?.[0] ?? ''
    const isConstant = /^KAMELEOON_[A-Z_]+_VERSION = '[^']+'\n/.test(part)
    const isExplained = /\/\*\*[^]*https:\/\/[^]*\*\/\s*$/.test(parts[index])
    return [
      ...(isConstant ? [] : [`${file}: ${name} is not a KAMELEOON_..._VERSION with a text`]),
      ...(isExplained ? [] : [`${file}: ${name} has no comment with an address above it`])
    ]
  })
}

function logging({ files, text }: DropInFolder): string[] {
  return files
    .filter((file) => file.endsWith('.ts') && !file.includes('__tests__/') && /\bconsole\./.test(text(file)))
    .map((file) => `${file} logs to the console: data of users must not get into logs`)
}

/** The header that jest 27 and newer versions accept. */
const HEADER = /^\/\/ Jest Snapshot v1, https:\/\/\S+\n/

/** Snapshots are written by a newer jest here and read by jest 27 there. */
export const snapshotsCheck: Check = {
  name: 'snapshots',
  run: ({ files, text }) => {
    const snapshots = files.filter((file) => file.endsWith('.snap'))
    const faults = snapshots.flatMap((file) => [
      ...(HEADER.test(text(file)) ? [] : [`${file} does not start with the header that jest 27 reads`]),
      ...(/^exports\[`[^`]*`\] = `\n?[[{]/m.test(text(file)) ? [`${file} prints objects without "Object"`] : []),
      ...(/\[[^`]*\d{4}-\d\d-\d\dT[^`]*Z[^`]*\] = /.test(text(file)) ? [`${file} is named after a moment`] : []),
      ...orphaned(file, files)
    ])
    return { faults, detail: `${snapshots.length} files` }
  }
}

function orphaned(file: string, files: string[]): string[] {
  const test = file.replace('__snapshots__/', '').replace(/\.snap$/, '')
  return files.includes(test) ? [] : [`${file} has no test`]
}
