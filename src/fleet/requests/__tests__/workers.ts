import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import type kameleoon from '../../../destinations/kameleoon'
import { connectTo, startEmulator, type Emulator, type EmulatorInput } from '../../../emulator'
import { hostDestination, presetSubscriptions, type OutcomeNode, type SendBatch } from '../../../segment-host'
import type { LimiterOptions } from '../../backend/backend'
import { fleetDefinition, type FleetRequests } from '../fleet-definition'
import { MemoryStore } from './memory-store'

type Kameleoon = typeof kameleoon

/** What the workers of a fleet share, without a database. */
export function sharedInMemory(): Pick<FleetRequests, 'limiter' | 'store'> {
  const limiters = new Map<string, RateLimiterMemory>()
  const limiter = ({ name, points, duration }: LimiterOptions): RateLimiterMemory => {
    const known = limiters.get(name) ?? new RateLimiterMemory({ keyPrefix: name, points, duration })
    limiters.set(name, known)
    return known
  }
  return { limiter, store: new MemoryStore() }
}

/** A worker with the memory of a process of its own. */
export class Worker {
  private readonly hosted: SendBatch

  constructor(
    private readonly definition: Kameleoon,
    emulator: Emulator,
    requests: FleetRequests
  ) {
    const settings = { apiKey: emulator.apiKey, sitecode: emulator.sitecode }
    this.hosted = hostDestination(connectTo(fleetDefinition(definition, requests), emulator), settings)
  }

  /** Sends events of one type as a batch, with the preset for that type and these fields of the mapping changed. */
  send(events: SegmentEvent[], mapping: JSONObject = {}): Promise<OutcomeNode[]> {
    const subscription = presetSubscriptions(this.definition).find(
      ({ subscribe }) => subscribe === `type = "${events[0].type}"`
    )
    if (!subscription) throw new Error(`No preset takes ${events[0].type} calls`)
    return this.hosted(events, { ...subscription, mapping: { ...subscription.mapping, ...mapping } })
  }
}

const running: Emulator[] = []

/** A local Kameleoon that ends with the test. */
export async function emulated(options: EmulatorInput = {}): Promise<Emulator> {
  const emulator = await startEmulator(options)
  running.push(emulator)
  return emulator
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((emulator) => emulator.close()))
})

/** Workers that share limits and answers. */
export async function workersOf(count: number, emulator: Emulator, requests: FleetRequests): Promise<Worker[]> {
  const workers: Worker[] = []
  while (workers.length < count) workers.push(new Worker(await separate(), emulator, requests))
  return workers
}

/** A copy of the destination that shares nothing but the framework with other copies. */
async function separate(): Promise<Kameleoon> {
  const framework: unknown = jest.requireActual('@segment/actions-core')
  let definition: Kameleoon | undefined
  await jest.isolateModulesAsync(async () => {
    jest.doMock('@segment/actions-core', () => framework)
    definition = (await import('../../../destinations/kameleoon')).default
  })
  if (!definition) throw new Error('The destination was not loaded')
  return definition
}
