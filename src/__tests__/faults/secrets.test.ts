import type { SegmentEvent } from '@segment/actions-core'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'fs'
import { tmpdir } from 'os'
import { join } from 'path'
import { observedTerminal } from '../../cli/__tests__/observed-terminal'
import { run } from '../../cli/program'
import definition from '../../destinations/kameleoon'
import type { Settings } from '../../destinations/kameleoon/generated-types'
import { connectTo, type FaultRule, type RecordedRequest } from '../../emulator'
import { FAULT_KINDS } from '../../../faults/fault-plan'
import { group, identify, page, screen, track } from '../events'
import { startKameleoon, type Kameleoon } from '../kameleoon'
import { RecordedOutput } from './recorded-output'

/** Of the kind that looks different in a URL, in JSON and in a form. */
const SECRET = 'top/secret+not&real="%"'
const ACCOUNT = { clientId: 'client of the secret', clientSecret: SECRET }
const ECHO = { message: `client_secret=${SECRET} was rejected` }

const FAULTS: FaultRule[] = [
  {},
  ...Object.values(FAULT_KINDS).filter((fault) => !('delayMs' in fault)),
  ...[400, 401, 403, 404].map((status) => ({ status })),
  ...['/oauth/token', '/sites', '/goals', '/map/maps', '/visit/events', '/visit/forget'].flatMap((path) => [
    { path, status: 503 },
    { path, status: 200, body: '<html>not Kameleoon</html>' },
    { path, reset: 'after' as const }
  ]),
  ...[400, 401, 500].map((status) => ({ path: '/oauth/token', status, body: ECHO }))
]

const EVENTS: SegmentEvent[] = [
  track('Order Completed'),
  track('New goal'),
  track('Order Completed', { kameleoonVisitorCode: undefined }),
  track('Order Completed', { kameleoonVisitorCode: undefined }, { userId: 'user1' }),
  screen('Basket'),
  page('Pricing', { url: 'https://shop.example.com' }),
  identify({ plan: 'gold' }, { userId: 'user1' }),
  group('acme')
].map((event, index) => ({ ...event, messageId: `event ${index}` }))

/** The same calls, new to Kameleoon. */
const anew = (name: string, events: SegmentEvent[]): SegmentEvent[] =>
  events.map((event, index) => ({ ...event, messageId: `${name} ${index}` }))

let output: RecordedOutput
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secrets-'))
  output = new RecordedOutput()
})
afterEach(() => output.end())

/** Every form in which the secret, the key or a token may stand somewhere. */
function secretsOf({ emulator }: Kameleoon): string[] {
  const tokens = emulator.requests.flatMap(({ headers }) => headers.authorization?.split(' ')[1] ?? [])
  const forms = [SECRET, encodeURIComponent(SECRET), new URLSearchParams({ s: SECRET }).toString().slice(2)]
  return [...forms, JSON.stringify(SECRET).slice(1, -1), emulator.apiKey, ...new Set(tokens)]
}

/** Addresses are all that a server on the way writes down. */
function addressOf({ method, host, path, query }: RecordedRequest): string {
  return `${method} https://${host}${path} ${decodeURIComponent(JSON.stringify(query))}`
}

function expectNoSecret(kameleoon: Kameleoon): void {
  kameleoon.emulator.requests.forEach((request) => output.add(addressOf(request)))
  output.end()
  expect(output.texts.length).toBeGreaterThan(0)
  expect(output.thatHold(secretsOf(kameleoon))).toEqual([])
  kameleoon.expectedDuplicates = kameleoon.emulator.duplicates.length
}

/** Records what an action returns or throws. */
async function record(action: () => unknown): Promise<void> {
  try {
    output.add(await action())
  } catch (error) {
    output.add(error)
  }
}

/** All that Segment may ask of a destination. */
async function useEverything(kameleoon: Kameleoon, round: string): Promise<void> {
  const { destination, settings } = kameleoon
  const input = { settings, payload: {}, page: '1' }
  await record(() => destination.testAuthentication({ ...settings }))
  await record(() => destination.executeDynamicField('logEvent', 'goalId', input))
  await record(() => destination.executeDynamicField('logEvent', 'customData.__keys__', input))
  for (const event of anew(round, EVENTS)) {
    await record(() => kameleoon.single(event))
    await record(() => kameleoon.batch(anew(`${event.messageId} of`, [event, event, event])))
  }
  await record(() => destination.onDelete?.({ type: 'delete', userId: 'user1' }, { ...settings }))
}

it.each(FAULTS)('no output holds a secret, with %j', async (fault) => {
  const kameleoon = await startKameleoon(ACCOUNT)
  if (Object.keys(fault).length > 0) kameleoon.emulator.faults.add(fault)
  await useEverything(kameleoon, 'first')
  kameleoon.emulator.expireTokens()
  await useEverything(kameleoon, 'second')
  expectNoSecret(kameleoon)
})

it('no output holds a secret when the host gives up', async () => {
  const kameleoon = await startKameleoon(ACCOUNT)
  await record(() => kameleoon.single(EVENTS[0], {}, { signal: AbortSignal.abort() }))
  kameleoon.emulator.faults.add({ path: '/visit/events', delayMs: 3_600_000 })
  await record(() => kameleoon.batch([EVENTS[0]], {}, { signal: AbortSignal.timeout(200) }))
  expectNoSecret(kameleoon)
})

const key = (content: unknown) => Buffer.from(JSON.stringify(content)).toString('base64')

it.each<Partial<Settings>>([
  { apiKey: SECRET },
  { apiKey: Buffer.from(SECRET).toString('base64') },
  { apiKey: key({ secret: SECRET }) },
  { apiKey: key({ id: 'x', secret: [SECRET] }) },
  { apiKey: key([SECRET]) },
  { apiKey: key({ id: 'somebody else', secret: SECRET }) },
  { sitecode: 'NO SITE' },
  { sitecode: 'unknown001' },
  { dataRegion: 'MARS' }
])('no output holds a secret with the settings %#', async (settings) => {
  const kameleoon = await startKameleoon(ACCOUNT)
  kameleoon.settings = { ...kameleoon.settings, ...settings }
  await useEverything(kameleoon, 'only')
  expectNoSecret(kameleoon)
  if (settings.apiKey) expect(output.thatHold([settings.apiKey])).toEqual([])
})

/** Runs the command as a terminal would; resolves to whether it wrote a file of rejected events. */
async function deliver(kameleoon: Kameleoon, ...args: string[]): Promise<boolean> {
  const terminal = observedTerminal({
    KAMELEOON_API_KEY: kameleoon.emulator.apiKey,
    KAMELEOON_SITECODE: kameleoon.emulator.sitecode
  })
  const file = join(folder, 'events.ndjson')
  const rejected = join(folder, 'rejected.ndjson')
  writeFileSync(file, [...EVENTS.map((event) => JSON.stringify(event)), '{oops'].join('\n'))
  await record(() =>
    run(['deliver', file, '--rejected', rejected, '--retries', '1', ...args], {
      terminal,
      definition: connectTo(definition, kameleoon.emulator),
      untilInterrupted: () => new Promise(() => undefined),
      retry: { wait: () => Promise.resolve() }
    })
  )
  output.add(terminal.printed())
  output.add(terminal.said())
  const isWritten = existsSync(rejected)
  if (isWritten) output.add(readFileSync(rejected, 'utf8'))
  return isWritten
}

const DATA = /^\/(visit|map)\//
const SUCCEEDS: FaultRule = { path: '/nowhere' }

it.each<[string, FaultRule, string[]]>([
  ['as it goes', SUCCEEDS, []],
  ['as JSON', SUCCEEDS, ['--json']],
  ['while Kameleoon is away', { path: DATA, status: 503 }, []],
  ['while tokens are rejected', { path: DATA, status: 401, body: ECHO }, []],
  ['while connections break', { path: DATA, reset: 'before' }, ['--json']]
])('the command writes no secret to the terminal or to the rejected file, %s', async (_how, fault, args) => {
  const kameleoon = await startKameleoon(ACCOUNT)
  kameleoon.emulator.faults.add(fault)
  expect(await deliver(kameleoon, ...args)).toBe(true)
  expect(kameleoon.emulator.totals.requests).not.toEqual({})
  expectNoSecret(kameleoon)
})

it('the command that cannot start says so without a secret', async () => {
  const kameleoon = await startKameleoon(ACCOUNT)
  kameleoon.emulator.faults.add({ path: '/oauth/token', status: 401, body: ECHO })
  await deliver(kameleoon)
  expectNoSecret(kameleoon)
})

it('a dry run shows its requests without token, key and secret', async () => {
  const kameleoon = await startKameleoon(ACCOUNT)
  await deliver(kameleoon, '--dry-run')
  expect(output.texts.join('')).toContain('POST https://api.kameleoon.com/oauth/token')
  // Its emulator has credentials of its own; tokens of an emulator begin as every JSON web token does.
  expect(output.thatHold(['emulator-secret-not-real', 'eyJ', ...secretsOf(kameleoon)])).toEqual([])
  expectNoSecret(kameleoon)
})
