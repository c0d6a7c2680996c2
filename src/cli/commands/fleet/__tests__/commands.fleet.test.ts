import { mkdtempSync, rmSync, writeFileSync } from 'fs'
import { tmpdir } from 'os'
import path from 'path'
import { defaultValues } from '@segment/actions-core'
import kameleoon, { useLocks } from '../../../../destinations/kameleoon'
import { startEmulator, type Emulator } from '../../../../emulator'
import { emptyFleet, until } from '../../../../fleet/__tests__/fleet'
import { describeBackends } from '../../../../fleet/__tests__/servers'
import { observedTerminal } from '../../../__tests__/observed-terminal'
import { closedPort } from '../../../__tests__/sockets'
import type { StopSignal } from '../../../context'
import { run } from '../../../program'

interface Ran {
  code: number
  printed: string
  said: string
}

const never = (): Promise<StopSignal> => new Promise(() => undefined)

/** Runs the command with these arguments, until it ends or is interrupted. */
async function command(args: string[], env: Record<string, string> = {}, untilInterrupted = never): Promise<Ran> {
  const terminal = observedTerminal(env)
  const code = await run(args, { terminal, definition: kameleoon, untilInterrupted })
  return { code, printed: terminal.printed(), said: terminal.said() }
}

afterEach(() => useLocks(undefined))

describe('the commands of a fleet', () => {
  it('ask for the address of the queue', async () => {
    for (const args of [['queue', 'status'], ['receive'], ['work', '--emulator', 'http://127.0.0.1:1']]) {
      const { code, said } = await command(args)
      expect([code, said]).toEqual([2, expect.stringContaining('or the variable KAMELEOON_QUEUE')])
    }
  })

  it('say that the queue cannot be reached, without its password', async () => {
    const port = await closedPort()
    const env = { KAMELEOON_QUEUE: `redis://:hush-hush@127.0.0.1:${port}` }
    const { code, said, printed } = await command(['queue', 'status'], env)
    expect([code, said]).toEqual([2, expect.stringContaining(`Cannot use Redis at 127.0.0.1:${port}`)])
    expect(said + printed).not.toContain('hush-hush')
  })

  it('do not let a worker take events that it could not deliver to Kameleoon', async () => {
    const { code, said } = await command(['work', '--queue', 'redis://127.0.0.1:1'])
    expect(code).toBe(2)
    expect(said).toContain('set KAMELEOON_API_KEY and KAMELEOON_SITECODE, or try with --emulator')
  })
})

describeBackends('the commands of a fleet', ({ open, url }) => {
  let folder: string
  let emulator: Emulator

  beforeEach(async () => {
    await emptyFleet(await open())
    folder = mkdtempSync(path.join(tmpdir(), 'fleet-commands-'))
    emulator = await startEmulator({ rateLimits: false })
  })

  afterEach(async () => {
    await emulator.close()
    rmSync(folder, { recursive: true })
  })

  /** A worker that runs as long as the action. */
  async function working<Result>(action: () => Promise<Result>): Promise<Result> {
    let stop: (signal: StopSignal) => void = () => undefined
    const interrupted = new Promise<StopSignal>((resolve) => (stop = resolve))
    const worker = command(['work', '--queue', url(), '--emulator', emulator.url], {}, () => interrupted)
    try {
      return await action()
    } finally {
      stop('SIGTERM')
      expect((await worker).code).toBe(0)
    }
  }

  const file = (name: string, content: string): string => {
    writeFileSync(path.join(folder, name), content)
    return path.join(folder, name)
  }

  const deliver = (events: string, ...args: string[]): Promise<Ran> =>
    command(['deliver', events, '--queue', url(), '--rejected', path.join(folder, 'rejected.ndjson'), ...args])

  it('deliver a file as without a queue, keep what was rejected, and send it again with a mended mapping', async () => {
    const subscription = { name: 'Orders', partnerAction: 'logEvent', subscribe: 'type = "track"' }
    const visitorCode = { '@path': '$.properties.code' }
    const mapping = {
      ...defaultValues(kameleoon.actions.logEvent.fields),
      kameleoonVisitorCode: visitorCode
    }
    const wrong = { ...mapping, kameleoonVisitorCode: { '@path': '$.properties.visitor' }, visitorFallback: 'reject' }
    const timestamp = new Date().toISOString()
    const events = [1, 2, 3].map((one) => {
      const place = { messageId: `m${one}`, timestamp, properties: { code: `v${one}` } }
      return JSON.stringify({ type: 'track', event: 'Order Completed', ...place })
    })
    const orders = file('orders.ndjson', [...events, '{"type":', JSON.stringify({ type: 'page' })].join('\n'))
    const wrongFile = file('wrong.json', JSON.stringify([{ ...subscription, mapping: wrong }]))
    const first = await working(() => deliver(orders, '--wait', '--json', '--mapping', wrongFile))
    expect([first.said, first.code]).toEqual([expect.not.stringContaining('Error'), 1])
    expect(JSON.parse(first.printed)).toMatchObject({
      ...{ kameleoon: 'queue', received: 5, filtered: 1, delivered: 0, rejected: 4, unsettled: 0, isDone: true }
    })
    const dead = await command(['queue', 'dead', '--queue', url(), '--json', '--reason', 'CODE'])
    expect((JSON.parse(dead.printed) as { from: string }[]).map(({ from }) => from).sort()).toEqual(
      [1, 2, 3].map((place) => `${orders}:${place}`)
    )
    const mended = file('mended.json', JSON.stringify([{ ...subscription, mapping }]))
    await working(async () => {
      const again = await command(['queue', 'redrive', '--queue', url(), '--json', '--mapping', mended])
      expect(JSON.parse(again.printed)).toMatchObject({ events: 3, left: 0 })
      await until(() => Promise.resolve(emulator.visitors().length === 3))
    })
    expect(emulator.visitors().sort()).toEqual(['v1', 'v2', 'v3'])
    expect((await command(['queue', 'dead', '--queue', url()])).printed).toContain('There are no dead letters')
  })

  it('show what waits, pause, and remove it only when that is said twice', async () => {
    const orders = file(
      'orders.ndjson',
      JSON.stringify({ type: 'track', event: 'Order Completed', properties: { kameleoonVisitorCode: 'v1' } })
    )
    const put = await deliver(orders)
    expect(put.code).toBe(0)
    expect(put.printed).toContain('Left on the queue: 1 event of 1.')
    expect(JSON.parse((await command(['queue', 'status', '--queue', url(), '--json'])).printed)).toMatchObject({
      ...{ state: { kind: 'open' }, waiting: 1, active: 0, dead: 0, partitions: 4 }
    })
    await command(['queue', 'pause', '--queue', url()])
    const paused = await command(['queue', 'status', '--queue', url()])
    expect(paused.printed).toContain('The queue is paused')
    expect((await command(['queue', 'drain', '--queue', url()])).said).toContain('Add --yes to do it')
    expect((await command(['queue', 'drain', '--queue', url(), '--yes'])).printed).toContain('Removed: 1 job.')
    await command(['queue', 'resume', '--queue', url()])
    expect(JSON.parse((await command(['queue', 'status', '--queue', url(), '--json'])).printed)).toMatchObject({
      ...{ state: { kind: 'open' }, waiting: 0 }
    })
  })
})
