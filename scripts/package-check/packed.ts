import path from 'path'
import { run } from './running'

interface Packed {
  filename: string
  unpackedSize: number
  files: Array<{ path: string }>
}

const LARGEST_BYTES = 8_000_000

/** Packs the project, which is built already, into the folder, and checks that only what users need is in it. Resolves to the path of the package. */
export async function packed(project: string, folder: string): Promise<string> {
  const printed = await run(
    'npm',
    ['pack', '--json', '--silent', '--ignore-scripts', '--pack-destination', folder],
    project
  )
  const [{ filename, unpackedSize, files }] = JSON.parse(printed) as Packed[]
  const strays = files.filter((file) => isStray(file.path))
  if (strays.length > 0) throw new Error(`The package holds ${strays.map((file) => file.path).join(', ')}`)
  if (unpackedSize > LARGEST_BYTES) throw new Error(`The package has ${unpackedSize} bytes, above ${LARGEST_BYTES}`)
  console.log(`ok: the package has ${files.length} files, ${(unpackedSize / 1e6).toFixed(1)} MB`)
  return path.join(folder, filename)
}

function isStray(file: string): boolean {
  return /__tests__|\.tsbuildinfo$|\.png$/.test(file) || (/\.[mc]?tsx?$/.test(file) && !/\.d\.[mc]?ts$/.test(file))
}

/** Its form: what publint and "Are the types wrong?" say, and the list of what it consists of. */
export async function checkForm(project: string, file: string): Promise<void> {
  const program = (name: string): string => path.join(project, 'node_modules/.bin', name)
  await run(program('publint'), ['--strict', file], project)
  console.log('ok: publint has nothing to say')
  await run(program('attw'), [file, '--exclude-entrypoints', 'analytics-plugin'], project)
  // The browser plugin is an ES module for bundlers; nothing requires it.
  await run(program('attw'), [file, '--entrypoints', 'analytics-plugin', '--profile', 'esm-only'], project)
  console.log('ok: the types are right for CommonJS, ES modules and bundlers')
  const parts = JSON.parse(
    await run('npm', ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev', '--package-lock-only'], project)
  ) as {
    components: Array<{ name: string }>
  }
  if (!parts.components.some(({ name }) => name === 'fastify')) throw new Error('npm sbom does not list fastify')
  console.log(`ok: npm sbom lists ${parts.components.length} packages`)
}
