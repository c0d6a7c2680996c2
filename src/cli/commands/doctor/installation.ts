import { readFileSync, realpathSync } from 'fs'
import { createRequire } from 'module'
import { join } from 'path'
import { memberOf, parsedJson, textOf } from '../../../segment-host'

/** A package as it is installed. */
export interface InstalledPackage {
  /** Its real folder, so that links to one copy are not taken for two. */
  folder: string
  version: string
}

/** What is installed, as far as it can break the delivery. */
export interface Installation {
  /** Version of Node, such as `22.1.0`. */
  node: string
  /** Every copy of Segment's framework that a package here would load. */
  frameworks: InstalledPackage[]
  /** The copy of `liquidjs` that the framework loads. */
  liquidjs?: InstalledPackage
}

const FRAMEWORK = '@segment/actions-core'

/** Segment's own collection of destinations, which a host may have beside this one. */
const COLLECTION = '@segment/action-destinations'

/**
 * Looks at the packages that are found from these folders: that of the host, where the command was started, and that of this
 * package. It reads the folders as Node does, and loads nothing.
 */
export function installationOf(folders: readonly string[], node = process.versions.node): Installation {
  const places = folders.flatMap((folder) => [folder, ...foldersOf(packageFrom(folder, COLLECTION))])
  const found = places.flatMap((place) => packageFrom(place, FRAMEWORK) ?? [])
  const frameworks = [...new Map(found.map((one) => [one.folder, one])).values()]
  const [framework] = foldersOf(packageFrom(folders[folders.length - 1], FRAMEWORK))
  return {
    node,
    frameworks,
    liquidjs: framework === undefined ? undefined : packageFrom(framework, 'liquidjs')
  }
}

function foldersOf(found: InstalledPackage | undefined): string[] {
  return found ? [found.folder] : []
}

/** The package that code in this folder would load. */
function packageFrom(folder: string, name: string): InstalledPackage | undefined {
  for (const parent of createRequire(join(folder, 'package.json')).resolve.paths(name) ?? []) {
    const found = packageAt(join(parent, name))
    if (found) return found
  }
  return undefined
}

function packageAt(folder: string): InstalledPackage | undefined {
  try {
    const real = realpathSync(folder)
    const version = textOf(memberOf(parsedJson(readFileSync(join(real, 'package.json'), 'utf8')), 'version'))
    return version === null ? undefined : { folder: real, version }
  } catch {
    // It is not there.
    return undefined
  }
}
