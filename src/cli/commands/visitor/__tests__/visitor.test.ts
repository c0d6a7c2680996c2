import type { SegmentEvent } from '@segment/actions-core'
import kameleoon from '../../../../destinations/kameleoon'
import { DEFAULT_PROJECT, startEmulator, type Emulator } from '../../../../emulator'
import { presetSubscriptions } from '../../../../segment-host'
import { observedTerminal } from '../../../__tests__/observed-terminal'
import { run } from '../../../program'
import { emulatorTarget } from '../../../target'

const running: Emulator[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((emulator) => emulator.close()))
})

async function started(...[options]: Parameters<typeof startEmulator>): Promise<Emulator> {
  const emulator = await startEmulator(options)
  running.push(emulator)
  return emulator
}

async function command(
  args: string[],
  { input = '', env = {} }: { input?: string; env?: Record<string, string> } = {}
) {
  const terminal = observedTerminal(env, { input })
  const untilInterrupted = () => new Promise<never>(() => undefined)
  const code = await run(args, { terminal, definition: kameleoon, untilInterrupted })
  return { code, printed: terminal.printed(), said: terminal.said() }
}

const order = (revenue: number, event = 'Order Completed') =>
  JSON.stringify({
    ...{ type: 'track', event, messageId: `m${revenue}`, timestamp: '2026-03-02T09:00:00.000Z' },
    properties: { kameleoonVisitorCode: 'visitor1', revenue }
  })

/** Delivers events over the same connection as the command. */
async function deliver({ url }: Emulator, ...lines: string[]): Promise<void> {
  const { send } = emulatorTarget(kameleoon, url, DEFAULT_PROJECT)
  const events = lines.map((line) => JSON.parse(line) as SegmentEvent)
  const tracks = presetSubscriptions(kameleoon).filter(({ name }) => name === 'Track Calls')
  for (const subscription of tracks) await send(events, subscription)
}

describe('visitor', () => {
  it('shows what Kameleoon has about a visitor, and ends with 0', async () => {
    const emulator = await started()
    await deliver(emulator, order(20))
    const { code, printed } = await command(['visitor', 'visitor1', '--emulator', emulator.url])
    expect(code).toBe(0)
    expect(printed).toContain(`Visitor visitor1 in the emulator at ${emulator.url}\n1 visit, the current one from`)
    expect(printed).toMatch(/│ CONVERSION │ goal 310001, revenue 20 │ \d{4}-\d\d-\d\d \d\d:\d\d:\d\d │/)
    expect(printed).not.toContain('State')
  })

  it('ends with 1 when Kameleoon knows nothing about it', async () => {
    const { url } = await started()
    const { code, printed } = await command(['visitor', 'nobody', '--emulator', url])
    expect(code).toBe(1)
    expect(printed).toContain('Kameleoon knows nothing about it.')
  })

  it('compares with events, sends none of them, and ends with 1 when one is missing', async () => {
    const emulator = await started()
    await deliver(emulator, order(20), order(5))
    const before = emulator.requests.length
    const input = [order(20), order(30)].join('\n')
    const args = ['visitor', 'visitor1', '--sent', '-', '--emulator', emulator.url]
    const { code, printed } = await command([...args, '--json'], { input })
    expect(code).toBe(1)
    const { kameleoon: kind, events } = JSON.parse(printed) as { kameleoon: string; events: Record<string, unknown>[] }
    expect(kind).toBe('emulator')
    expect(Object.fromEntries(events.map(({ what, state }) => [what, state]))).toEqual({
      'goal 310001, revenue 20': 'kept',
      'goal 310001, revenue 30': 'not-found',
      'goal 310001, revenue 5': 'not-sent'
    })
    const writes = emulator.requests
      .slice(before)
      .filter(({ method, path }) => method === 'POST' && path !== '/oauth/token')
    expect(writes).toEqual([])
    expect((await command(args, { input: order(20) })).code).toBe(0)
  })

  it('creates no goal for an event of --sent, and says that it is not compared', async () => {
    const emulator = await started()
    await deliver(emulator, order(20))
    const goals = emulator.goals.length
    const input = [order(20), order(1, 'Never Seen')].join('\n')
    const args = ['visitor', 'visitor1', '--sent', '-', '--emulator', emulator.url]
    const { code, said } = await command(args, { input })
    expect(code).toBe(0)
    expect(said).toContain('Not compared: 1 of the Segment events would not be sent.')
    expect(emulator.goals).toHaveLength(goals)
  })

  it('ends with 3 and the reason when Kameleoon cannot be asked', async () => {
    const emulator = await started()
    emulator.faults.add({ path: '/visit/visitor', status: 503, body: { message: 'Busy' } })
    const { code, printed } = await command(['visitor', 'visitor1', '--emulator', emulator.url])
    expect(code).toBe(3)
    expect(printed).toMatch(/503 .*Busy/)
  })

  it.each([
    ['nothing to ask', ['visitor', 'v'], 'Set KAMELEOON_API_KEY and KAMELEOON_SITECODE, or name an emulator'],
    ['an empty code', ['visitor', ' '], 'The visitor code is empty'],
    ['a mapping without events', ['visitor', 'v', '--mapping', 'm.json'], 'add --sent']
  ])('ends with 2 for %s', async (_what, args, message) => {
    const { code, said, printed } = await command(args)
    expect({ code, printed }).toEqual({ code: 2, printed: '' })
    expect(said).toContain(message)
  })

  it('writes no control character of a code or a value to the terminal', async () => {
    const { url } = await started()
    const { printed } = await command(['visitor', 'a\u001b[2Jb', '--emulator', url])
    expect(printed).toContain('Visitor a [2Jb')
  })
})

describe('delete', () => {
  const identify = JSON.stringify({
    ...{ type: 'identify', userId: 'user-1', messageId: 'i', timestamp: '2026-03-02T09:00:00.000Z' },
    traits: { kameleoonVisitorCode: 'visitor1', plan: 'gold' }
  })
  const deliverIdentify = async ({ url }: Emulator): Promise<void> => {
    const { send } = emulatorTarget(kameleoon, url, DEFAULT_PROJECT)
    const identifies = presetSubscriptions(kameleoon).filter(({ name }) => name === 'Identify Calls')
    for (const one of identifies) await send([JSON.parse(identify) as SegmentEvent], one)
  }

  it('shows each visitor and key that was emptied, and ends with 0', async () => {
    const emulator = await started()
    await deliverIdentify(emulator)
    const { code, printed } = await command(['delete', '--user-id', 'user-1', '--emulator', emulator.url, '--yes'])
    expect(code).toBe(0)
    expect(printed).toMatch(/│ visitor1 +│ asked to forget │/)
    expect(printed).toMatch(/│ IDENTIFY_visitor1 +│ emptied │ plan +│/)
    expect(printed).toMatch(/│ LINK_user-1 +│ emptied │ kameleoonVisitorCode │/)
    expect(emulator.maps()).toEqual({})
    expect(emulator.forgotten.sort()).toEqual(['user-1', 'visitor1'])
  })

  it('deletes nothing without --yes, and says what it would delete', async () => {
    const emulator = await started()
    await deliverIdentify(emulator)
    const stored = emulator.maps()
    const args = ['delete', '--user-id', 'user-1', '--anonymous-id', 'a-1', '--emulator', emulator.url]
    const { code, said } = await command(args)
    expect(code).toBe(2)
    expect(said).toContain(`This deletes user id "user-1" and anonymous id "a-1" in the emulator at ${emulator.url}`)
    expect(said).toContain('add --yes')
    expect(emulator.maps()).toEqual(stored)
  })

  it('that fails says what is left and how to go on, ends with 1, and goes on', async () => {
    const emulator = await started()
    await deliverIdentify(emulator)
    emulator.faults.add({ path: '/map/maps', method: 'POST', status: 503, times: 1 })
    const args = ['delete', '--user-id', 'user-1', '--emulator', emulator.url, '--yes']
    const { code, printed } = await command(args)
    expect(code).toBe(1)
    expect(printed).toContain('Not completely deleted')
    expect(printed).toMatch(/│ IDENTIFY_visitor1 +│ not emptied │ plan/)
    expect(printed).toContain('Delete again with the same command')
    const again = await command([...args, '--json'])
    expect(again.code).toBe(0)
    expect(JSON.parse(again.printed)).toMatchObject({ kameleoon: 'emulator', failure: null })
    expect(emulator.maps()).toEqual({})
  })

  it.each([
    ['nobody', ['delete', '--yes'], 'Name the user with --user-id, --anonymous-id or both'],
    ['nothing to delete from', ['delete', '--user-id', 'u', '--yes'], 'Set KAMELEOON_API_KEY and KAMELEOON_SITECODE']
  ])('ends with 2 for %s', async (_what, args, message) => {
    const { code, said } = await command(args)
    expect(code).toBe(2)
    expect(said).toContain(message)
  })
})
