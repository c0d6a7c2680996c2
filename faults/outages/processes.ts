import { isPending, unsent } from '../driver'
import type { SourceEvent } from '../events'
import { textOf } from '../events/source-event'
import { Host } from '../host'
import { pluginCopy, type Plugin } from '../plugin-copies'
import { differences, expectedState, knownState } from '../state'
import type { Outage } from './outage'
import { onStage, type Stage } from './stage'

const PROCESSES = 8

/** Stored for the same few visitors by all processes at the same moments. */
const VISITORS = 5

export const processesOnOneKey: Outage = {
  condition: 'several processes that write one key lose nothing if the host hands in locks',
  measure: async (size) => {
    const rounds = size === 'short' ? 10 : 100
    const alone = await onStage({ mapWrites: 'replace', rateLimits: false }, (stage) => writeTogether(stage, rounds))
    const locks = new SharedLocks()
    const locked = await onStage({ mapWrites: 'replace', rateLimits: false }, (stage) =>
      writeTogether(stage, rounds, (plugin) => plugin.useLocks(locks))
    )
    const written = rounds * PROCESSES * VISITORS
    return {
      figures: `${PROCESSES} processes, ${written} fields at the same moments: ${alone.length} lost without locks, ${locked.length} with`,
      violations: locked
    }
  }
}

/** What is lost where every process stores a field of its own under the same keys, all at the same time, round after round. */
async function writeTogether(
  stage: Stage,
  rounds: number,
  prepare: (plugin: Plugin) => void = () => undefined
): Promise<string[]> {
  const { emulator, time } = stage
  const hosts = Array.from({ length: PROCESSES }, () => {
    const plugin = pluginCopy()
    prepare(plugin)
    return new Host(emulator, () => 0, plugin)
  })
  const all: SourceEvent[] = []
  const failed: string[] = []
  for (let round = 0; round < rounds; round++) {
    const parts = hosts.map((host, process) => {
      const events = Array.from({ length: VISITORS }, (_, visitor) => identify(`visitor${visitor}`, process, round))
      all.push(...events)
      return { host, deliveries: unsent(events) }
    })
    await Promise.all(parts.map(({ host, deliveries }) => stage.deliver(host, deliveries, VISITORS)))
    failed.push(...parts.flatMap(({ deliveries }) => deliveries.filter(isPending).map(({ source }) => source.text)))
    time.advance(1_000)
  }
  return [...failed, ...differences(expectedState(all), knownState(emulator))]
}

function identify(visitor: string, process: number, round: number): SourceEvent {
  const field = `trait_${process}_${round}`
  return {
    subscription: 'identify',
    text: textOf(`${visitor}-${field}`, {
      type: 'identify',
      traits: { kameleoonVisitorCode: visitor, [field]: round }
    }),
    expected: {
      kind: 'delivered',
      visits: [],
      stored: [{ key: `IDENTIFY_${visitor}`, field, value: round }]
    }
  }
}

/** Locks as a database would give them to several processes. */
class SharedLocks {
  private readonly ends = new Map<string, Promise<unknown>>()

  async run<T>(keys: readonly string[], action: () => Promise<T>): Promise<T> {
    const result = Promise.all(keys.map((key) => this.ends.get(key) ?? Promise.resolve())).then(action)
    const end = result.catch(() => undefined)
    for (const key of keys) this.ends.set(key, end)
    return result
  }
}
