import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'fs'
import path from 'path'
import { satisfies } from 'semver'
import { run } from './running'

/** The oldest Node that works, and those that the README recommends. */
const VERSIONS = ['20.19', '22', '24']
const PROGRAM = process.platform === 'win32' ? 'node.exe' : 'bin/node'

export interface NodeVersion {
  version: string
  /** The path of its program. */
  program: string
}

/**
 * A program for each version of Node that the package is for: the one that runs this, where its version fits, else the one that
 * npm's registry has. It is kept in a folder of node_modules until the next clean installation.
 * @throws where one cannot be had in CI; elsewhere, as without a network, it says so and goes on without it
 */
export async function nodeVersions(cache: string): Promise<NodeVersion[]> {
  const found = await Promise.all(VERSIONS.map((version) => nodeVersion(version, cache).catch(notFound)))
  return found.filter((one) => one !== null)

  function notFound(error: Error): null {
    if (process.env.CI || process.env.REQUIRE_NODE_VERSIONS) throw error
    console.warn(`NOT CHECKED with one version of Node, since it could not be fetched. ${error.message}`)
    return null
  }
}

async function nodeVersion(version: string, cache: string): Promise<NodeVersion> {
  if (satisfies(process.versions.node, version)) return { version, program: process.execPath }
  const program = path.join(cache, `node-${version}`, path.basename(PROGRAM))
  if (!existsSync(program)) await fetchNode(version, program)
  return { version, program }
}

async function fetchNode(version: string, program: string): Promise<void> {
  const folder = path.dirname(program)
  mkdirSync(path.dirname(folder), { recursive: true })
  const work = mkdtempSync(`${folder}-`)
  try {
    const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}@${version}`
    const file = await run('npm', ['pack', '--silent', name], work)
    await run('tar', ['xzf', file.trim(), `package/${PROGRAM}`], work)
    mkdirSync(folder, { recursive: true })
    renameSync(path.join(work, 'package', PROGRAM), program)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
