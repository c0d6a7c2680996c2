import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'fs'
import { tmpdir } from 'os'
import { dirname, join } from 'path'
import { installationLines } from '../checks/installation'
import type { Facts } from '../facts'
import { installationOf } from '../installation'
import type { Line } from '../line'

let root: string
beforeEach(() => (root = realpathSync(mkdtempSync(join(tmpdir(), 'doctor-installation-')))))
afterEach(() => rmSync(root, { recursive: true }))

/** Installs a package of this version in a folder below the root. */
function install(folder: string, version: string): void {
  mkdirSync(join(root, folder), { recursive: true })
  writeFileSync(join(root, folder, 'package.json'), JSON.stringify({ version }))
}

const OURS = 'host/node_modules/segment-destination-kameleoon'
const FRAMEWORK = 'node_modules/@segment/actions-core'

function installUsual(): void {
  install(OURS, '1.0.0')
  install(`host/${FRAMEWORK}`, '3.170.0')
  install('host/node_modules/liquidjs', '10.27.2')
}

function lines(node = '22.1.0'): Line[] {
  const installation = installationOf([join(root, 'host'), join(root, OURS)], node)
  // The check reads nothing else.
  return installationLines({ installation } as Facts)
}

const about = (subject: string): Line | undefined => lines().find((line) => line.subject === subject)

it('an installation as it should be is all right', () => {
  installUsual()
  expect(lines().map(({ state, subject, seen }) => [state, subject, seen])).toEqual([
    ['ok', 'Node', 'Version 22.1.0.'],
    ['ok', '@segment/actions-core', 'One copy, version 3.170.0.'],
    ['ok', 'liquidjs', 'Version 10.27.2.']
  ])
})

it('a Node that is too old is a trouble', () => {
  installUsual()
  expect(lines('18.20.0')[0]).toEqual({
    state: 'trouble',
    subject: 'Node',
    seen: 'Version 18.20.0, but >=20.19 is needed.',
    whatToDo: 'Install a newer Node: https://nodejs.org'
  })
})

it.each([
  ['of this package', `${OURS}/${FRAMEWORK}`],
  ["of Segment's collection of destinations", `host/node_modules/@segment/action-destinations/${FRAMEWORK}`]
])('a second copy of the framework %s is a trouble, with both places', (_what, place) => {
  installUsual()
  install(place, '3.160.0')
  if (place.includes('action-destinations')) install(dirname(dirname(dirname(place))), '3.497.0')
  expect(about('@segment/actions-core')).toMatchObject({
    state: 'trouble',
    seen: expect.stringMatching(/^2 copies: .*every event of a batch is reported as delivered\.$/) as string,
    whatToDo: expect.stringContaining('"npm dedupe"') as string
  })
  for (const copy of [place, `host/${FRAMEWORK}`]) {
    expect(about('@segment/actions-core')?.seen).toContain(join(root, copy))
  }
})

it('links to one copy are one copy', () => {
  installUsual()
  mkdirSync(join(root, `${OURS}/node_modules/@segment`), { recursive: true })
  symlinkSync(join(root, `host/${FRAMEWORK}`), join(root, `${OURS}/${FRAMEWORK}`))
  expect(about('@segment/actions-core')?.state).toBe('ok')
})

it('packages that are in no folder are unknown', () => {
  mkdirSync(join(root, OURS), { recursive: true })
  expect(lines().map(({ state }) => state)).toEqual(['ok', 'unknown', 'unknown'])
})
