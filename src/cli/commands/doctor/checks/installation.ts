import { satisfies } from 'semver'
import { packageRequirement } from '../../../package-files'
import type { Facts } from '../facts'
import type { InstalledPackage } from '../installation'
import { ok, trouble, unknown, type Line } from '../line'

const SEE = 'See "What a host must pin itself" in docs/hosting.md.'

/** Node, and the packages with which the framework fails without saying why. */
export function installationLines({ installation }: Facts): Line[] {
  const { node, frameworks, liquidjs } = installation
  return [nodeLine(node), frameworkLine(frameworks), liquidjsLine(liquidjs)]
}

function nodeLine(version: string): Line {
  const range = packageRequirement('engines', 'node')
  if (satisfies(version, range)) return ok('Node', `Version ${version}.`)
  return trouble('Node', `Version ${version}, but ${range} is needed.`, 'Install a newer Node: https://nodejs.org')
}

function frameworkLine(copies: readonly InstalledPackage[]): Line {
  const subject = '@segment/actions-core'
  if (copies.length === 0) return unknown(subject, NOT_FOUND, SEE)
  if (copies.length === 1) return ok(subject, `One copy, version ${copies[0].version}.`)
  const places = copies.map(({ folder, version }) => `${version} in ${folder}`).join('; ')
  return trouble(
    subject,
    `${copies.length} copies: ${places}. With two copies in one process, every event of a batch is reported as delivered.`,
    `Let all packages use one: "npm dedupe", or "overrides" in package.json. ${SEE}`
  )
}

function liquidjsLine(installed: InstalledPackage | undefined): Line {
  if (installed) return ok('liquidjs', `Version ${installed.version}.`)
  return unknown('liquidjs', NOT_FOUND, `Where the framework cannot load it, add it to the package.json. ${SEE}`)
}

const NOT_FOUND = 'Not found in a node_modules folder, as with Yarn PnP.'
