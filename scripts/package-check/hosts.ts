/** Programs of strangers, by the name of their file. Each of those that deliver prints the conversions of its visitor. */
const DELIVER = `
async function deliver(): Promise<void> {
  const emulator = await startEmulator()
  const destination = new Destination(connectTo(kameleoon, emulator))
  const subscription = JSON.parse(JSON.stringify(kameleoon.presets?.[0]))
  const settings = { apiKey: emulator.apiKey, sitecode: emulator.sitecode, subscription }
  const event = {
    type: 'track' as const,
    event: 'Order Completed',
    messageId: 'check-package-1',
    timestamp: new Date().toISOString(),
    userId: 'visitor-1',
    properties: { revenue: 12.5 }
  }
  await destination.onEvent(event, settings)
  await emulator.close()
  const conversions = emulator.visitor('visitor-1')?.conversions ?? []
  console.log(JSON.stringify(conversions.map(({ goalName, revenue }) => [goalName, revenue])))
}

if (named !== kameleoon) throw new Error('The named export is another object than the default export')
void deliver()
`

const IMPORTS = `
import kameleoon, { kameleoon as named, RETRIED_STATUSES } from 'segment-destination-kameleoon'
import { connectTo, startEmulator } from 'segment-destination-kameleoon/emulator'

if (RETRIED_STATUSES.length === 0) throw new Error('No statuses')
`

/** Segment's framework cannot be imported by ES modules of Node, only required. */
const REQUIRED_FRAMEWORK = `
import { createRequire } from 'module'
import type * as Framework from '@segment/actions-core'
const { Destination }: typeof Framework = createRequire(import.meta.url)('@segment/actions-core')
`

/** What the hosts that deliver print. */
const DELIVERED = '[["Order Completed",12.5]]'

/** Compiled for Node: a CommonJS program and an ES module. */
export const NODE_HOSTS: Record<string, string> = {
  'host.cts': `import { Destination } from '@segment/actions-core'\n${IMPORTS}${DELIVER}`,
  'host.mts': `${REQUIRED_FRAMEWORK}${IMPORTS}${DELIVER}`
}

/** Compiled for a bundler: the page of a shop, and a host. */
export const BUNDLED_HOSTS: Record<string, string> = {
  'shop.ts': `
import { kameleoonPlugin } from 'segment-destination-kameleoon/analytics-plugin'
export const plugin = kameleoonPlugin({ timeLimit: 500, exposures: 'track' })
`,
  'bundled.ts': `import { Destination } from '@segment/actions-core'\n${IMPORTS}${DELIVER}`
}

/** Compiled with the module resolution that TypeScript had before Node's, which Segment's repository has. */
export const OLD_HOSTS: Record<string, string> = { 'old.ts': BUNDLED_HOSTS['bundled.ts'] }

/** Run as they stand: require, and import. */
export const PLAIN_HOSTS: Record<string, string> = {
  'plain.cjs': `
const { default: kameleoon, kameleoon: named } = require('segment-destination-kameleoon')
console.log(kameleoon === named, kameleoon.slug)
`,
  'plain.mjs': `
import kameleoon, { kameleoon as named } from 'segment-destination-kameleoon'
console.log(kameleoon === named, kameleoon.slug)
`
}

/** What the hosts that run as they stand print. */
const LOADED = 'true actions-kameleoon'

/** All hosts that Node can run, in one process, since most of the time of each goes into loading the framework. */
export const ALL_HOSTS: Record<string, string> = {
  'all.mjs': ['plain.cjs', 'plain.mjs', 'host.cjs', 'host.mjs'].map((name) => `import './${name}'\n`).join('')
}

/** What they print, sorted by line. */
export const PRINTED_BY_ALL = [DELIVERED, DELIVERED, LOADED, LOADED].join('\n')

/** The event of the file that \`deliver\` is given. */
export const EVENT = {
  ...{ type: 'track', event: 'Order Completed', messageId: 'check-package-2', userId: 'visitor-2' },
  ...{ timestamp: '2024-05-01T10:00:00Z', properties: { revenue: 12.5, kameleoonVisitorCode: 'a1b2c3d4e5f6g7h8' } }
}
