import { existsSync, readFileSync } from 'fs'
import { seededRandom } from '../../faults/random'
import { statusOf, waitingJobs } from '../../src/fleet'
import { differences, type Condition } from '../condition'
import { mixedLines, writeLines } from '../events'
import { MENDED, MENDED_GOAL, writeMapping } from '../events/subscriptions'
import type { Command } from '../stage/command'
import type { EmulatorProcess } from '../stage/emulator'
import { until, type Stage } from '../stage/stage'
import { deadIn, rejectedIn, rejectedText, type CommandSummary } from './outcomes'

const KAMELEOON = {
  goals: [{ name: 'Order Completed' }, { name: 'Checkout', id: Number(MENDED_GOAL) }],
  keepsState: true
}

export interface LossOptions {
  events: number
  seed: number
  /** How often a worker is killed. */
  kills: number
  /** Requests that fail before Kameleoon is up again; undefined: until the workers have noticed the outage. */
  failures?: number
}

/** Everything ends for which there is a kill -9, and all is as if one process alone had delivered the events. */
export async function nothingLost(stage: Stage, options: LossOptions): Promise<Condition[]> {
  const { events, seed } = options
  await writeLines(stage.path('events.ndjson'), mixedLines(events, seed))
  writeMapping(stage.path('wrong.json'), 'wrong')
  writeMapping(stage.path('mended.json'), 'mended')
  writeMapping(stage.path('only-mended.json'), 'mended', MENDED)

  const alone = await stage.emulator(KAMELEOON)
  const calm = await deliverAlone(stage, alone, 'alone', 'wrong.json')
  const kameleoon = await stage.emulator(KAMELEOON)
  const disturbed = await deliverDisturbed(stage, kameleoon, calm, options)
  const first = [
    ...(await outcomes(stage, calm, disturbed.summary)),
    await sameState(stage, 'all is stored as by one process alone', alone, kameleoon, disturbed.text)
  ]
  return [...first, ...(await redriven(stage, alone, kameleoon, disturbed.workers))]
}

async function deliverAlone(
  stage: Stage,
  emulator: EmulatorProcess,
  name: string,
  mapping: string
): Promise<CommandSummary> {
  const kept = ['--rejected', `${name}.rejected`, '--checkpoint', `${name}.checkpoint`]
  const one = ['--concurrency', '1', '--json', '--mapping', mapping]
  return stage.run('deliver', 'events.ndjson', '--emulator', emulator.url, ...one, ...kept).json([0, 1])
}

async function deliverDisturbed(
  stage: Stage,
  kameleoon: EmulatorProcess,
  calm: CommandSummary,
  { seed, kills, failures }: LossOptions
): Promise<{ summary: CommandSummary; workers: Command[]; text: string }> {
  const random = seededRandom(seed)
  const all = calm.subscriptions.reduce((sum, { received }) => sum + received, 0)
  const workers = [stage.worker(kameleoon), stage.worker(kameleoon)]
  const produce = (...more: string[]): Command =>
    stage.run(
      ...['deliver', 'events.ndjson', '--queue', stage.queue, '--wait', '--json', '--mapping', 'wrong.json'],
      ...['--rejected', 'queue.rejected', '--checkpoint', 'queue.checkpoint', ...more]
    )
  const first = produce()
  // At this moment a part of the jobs is on the queue, and the producer does not know yet that they are.
  await until('a job is on the queue', async () => (await waitingJobs(stage.fleet)) > 0)
  await first.kill()
  if (!existsSync(stage.path('queue.checkpoint'))) throw new Error('The producer had ended before it was killed')
  const producer = produce('--resume')
  for (let kill = 0; kill < kills; kill++) {
    const share = (kill + random()) / (kills + 1)
    await until('events are settled', async () => (await stage.settled()) >= share * all)
    await workers[kill % 2].kill()
    workers[kill % 2] = stage.worker(kameleoon)
  }
  const before = (await kameleoon.counts()).failed
  await kameleoon.down()
  if (failures === undefined)
    await until('an outage is noticed', async () => (await stage.fleet.store.get('outage')) !== null)
  else await until('requests fail', async () => (await kameleoon.counts()).failed - before >= failures)
  await kameleoon.up()
  const summary = await producer.json<CommandSummary>([0, 1])
  const { repeated, failed } = await kameleoon.report()
  return {
    summary,
    workers,
    text: `producer killed once and workers ${kills} times, ${failed} requests failed, ${repeated} events repeated`
  }
}

/** What became of the events, by subscription, and each rejected one with its reason. */
async function outcomes(stage: Stage, calm: CommandSummary, disturbed: CommandSummary): Promise<Condition[]> {
  const dead = await deadIn(stage, 'wrong.json')
  const rejected = rejectedIn(stage.path('alone.rejected'))
  const unreadable = rejectedIn(stage.path('queue.rejected'))
  return [
    {
      name: 'every event has the outcome that it has alone',
      figures: `${calm.received} events, ${calm.delivered} delivered, ${calm.rejected} rejected, ${disturbed.retries} sent again`,
      violations: [
        ...differences(outcomeTexts(calm), outcomeTexts(disturbed)),
        ...(disturbed.unsettled === 0 ? [] : [`${disturbed.unsettled} are not settled`])
      ]
    },
    {
      name: 'every invalid event is a dead letter with its reason, and no other is',
      figures: `${dead.length} dead letters, ${unreadable.length} lines without an event`,
      violations: differences(rejected.map(rejectedText), [...dead, ...unreadable].map(rejectedText))
    }
  ]
}

async function redriven(
  stage: Stage,
  alone: EmulatorProcess,
  kameleoon: EmulatorProcess,
  workers: readonly Command[]
): Promise<Condition[]> {
  await deliverAlone(stage, alone, 'mended', 'only-mended.json')
  const before = await deadIn(stage, 'wrong.json')
  await stage.run('queue', 'redrive', '--queue', stage.queue, '--mapping', 'mended.json', '--json').json()
  await until('workers have sent them', async () => {
    const { waiting, active } = await statusOf(stage.fleet)
    return waiting + active === 0
  })
  const after = await deadIn(stage, 'wrong.json')
  const codes = await Promise.all(workers.map((worker) => worker.stop()))
  const hopeless = before.filter(({ subscription }) => subscription !== MENDED)
  return [
    {
      name: 'after the mapping was mended, redrive delivers what it had rejected, and the rest is dead again',
      figures: `${before.length - hopeless.length} delivered, ${after.length} dead again`,
      violations: differences(hopeless.map(rejectedText), after.map(rejectedText))
    },
    await sameState(stage, 'what was redriven is stored once', alone, kameleoon, 'all visits and maps'),
    {
      name: 'workers stop when they are asked to',
      figures: `${codes.length} workers`,
      violations: codes.filter((code) => code !== 0).map((code) => `a worker ended with ${code}`)
    }
  ]
}

async function sameState(
  stage: Stage,
  name: string,
  alone: EmulatorProcess,
  kameleoon: EmulatorProcess,
  text: string
): Promise<Condition> {
  const [expected, found] = await Promise.all(
    [alone, kameleoon].map(async (emulator, index) => {
      const path = stage.path(`state-${index}`)
      await emulator.writeState(path)
      return stateIn(path)
    })
  )
  const { discarded } = await kameleoon.report()
  return {
    name,
    figures: `${expected.visits.length} visit events, ${expected.maps.length} maps; ${text}`,
    violations: [
      ...differences(expected.maps, found.maps),
      ...differences(expected.visits, found.visits),
      ...differences((await alone.report()).discarded, discarded)
    ]
  }
}

function stateIn(path: string): { visits: string[]; maps: string[] } {
  // Written by the emulator's process.
  return JSON.parse(readFileSync(path, 'utf8')) as { visits: string[]; maps: string[] }
}

function outcomeTexts({ subscriptions, unmatched, unreadable }: CommandSummary): string[] {
  const ofSubscriptions = subscriptions.map(
    ({ subscription, received, delivered, filtered, rejected }) =>
      `${subscription}: ${received} received, ${delivered} delivered, ${filtered.count} filtered, ${rejected.count} rejected`
  )
  return [...ofSubscriptions, `${unmatched.count} unmatched`, `${unreadable.count} unreadable`]
}
