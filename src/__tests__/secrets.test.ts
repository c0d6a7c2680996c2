import { inspect } from 'util'
import type { FaultRule } from '../emulator'
import { group, identify, page, track } from './events'
import { startKameleoon } from './kameleoon'
import type { Kameleoon } from './kameleoon'

const FAULTS: FaultRule[] = [
  {},
  ...[400, 401, 403, 404, 408, 413, 423, 429, 500, 503].map((status) => ({ status })),
  { reset: 'before' },
  { status: 200, body: '<html>not Kameleoon</html>' },
  { path: '/oauth/token', status: 401 },
  { path: '/oauth/token', status: 500, body: { message: 'client_secret=emulator-secret-not-real is wrong' } },
  { path: '/oauth/token', reset: 'before' },
  { path: '/oauth/token', status: 200, body: {} },
  { path: '/sites', status: 200, body: [] },
  { path: '/goals', status: 500 },
  { path: '/map/maps', method: 'GET', reset: 'after' },
  { path: '/visit/forget', status: 500 }
]

/** Everything a host may log of an outcome: text, stack, fields and causes. */
function everythingIn(value: unknown): string {
  const stack = value instanceof Error ? String(value.stack) : ''
  return `${stack}\n${inspect(value, { depth: 8, showHidden: true })}\n${JSON.stringify(value)}`
}

async function collect(kameleoon: Kameleoon): Promise<string[]> {
  const { destination, settings } = kameleoon
  const events = [track('Order Completed'), track('New goal'), page('Pricing'), identify({ a: 1 }), group('acme')]
  const results: unknown[] = []
  for (const event of events) {
    results.push(await kameleoon.single({ ...event, userId: 'user1' }))
    results.push(await kameleoon.batch([{ ...event, messageId: 'batch' }]))
  }
  const quietly = (error: unknown) => error
  results.push(await destination.testAuthentication({ ...settings }).catch(quietly))
  results.push(
    await destination.onDelete?.call(destination, { type: 'delete', userId: 'user1' }, { ...settings }).catch(quietly)
  )
  const goals = { settings, payload: {}, page: '1' }
  results.push(await destination.executeDynamicField('logEvent', 'goalId', goals).catch(quietly))
  return results.map(everythingIn)
}

it.each(FAULTS)('shows no secret in addresses, outcomes, errors or stacks after %j', async (fault) => {
  const logged: string[] = []
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    jest
      .spyOn(console, method)
      .mockImplementation((...args: unknown[]) => void logged.push(args.map(everythingIn).join()))
  }
  const kameleoon = await startKameleoon()
  if (Object.keys(fault).length > 0) kameleoon.emulator.faults.add(fault)
  const results = await collect(kameleoon)
  jest.restoreAllMocks()

  const tokens = kameleoon.emulator.requests.flatMap(({ headers }) => headers.authorization?.split(' ')[1] ?? [])
  const secrets = ['emulator-secret-not-real', kameleoon.emulator.apiKey, ...new Set(tokens)]
  const addresses = kameleoon.emulator.requests.map(({ host, path, query }) => inspect({ host, path, query }))
  for (const secret of secrets) {
    const lines = [...results, ...addresses, ...logged].flatMap((text) => text.split('\n'))
    expect(lines.find((line) => line.includes(secret))).toBeUndefined()
  }
  kameleoon.expectedDuplicates = kameleoon.emulator.duplicates.length
})
