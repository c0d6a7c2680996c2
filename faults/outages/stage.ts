import { startEmulator, type Emulator, type EmulatorInput, type Fault, type FaultRule } from '../../src/emulator'
import { drive, SimulatedTime, unsent, type Delivery } from '../driver'
import type { SourceEvent } from '../events'
import { NEVER } from '../fault-plan'
import { Host } from '../host'
import { seededRandom } from '../random'

/** More than any of these trials needs, and made anew for each of them. */
const RETENTION = { requests: 100_000, visitors: 10_000, eventsPerVisitor: 10_000, maps: 10_000, discarded: 100 }

/** An emulator in simulated time, and hosts that send to it. */
export class Stage {
  private readonly random = seededRandom(1)

  constructor(
    readonly emulator: Emulator,
    readonly time: SimulatedTime
  ) {}

  /** A host with a plugin that remembers nothing. It gives a batch up once a call of it meets one of these faults. */
  newHost(faults: readonly Fault[] = []): Host {
    const silent = faults.filter(({ rule }) => isSilent(rule))
    return new Host(this.emulator, () => silent.reduce((sum, { hits }) => sum + hits, 0))
  }

  /** Sends what is not settled, again and again but at most for so many rounds. */
  async deliver(host: Host, deliveries: Delivery[], batchSize: number, rounds?: number): Promise<void> {
    const { time, random } = this
    await drive(deliveries, { host, time, random, batchSize, senders: 1 }, rounds)
  }

  /** Sends each event once. */
  async sendOnce(host: Host, events: readonly SourceEvent[], batchSize: number): Promise<Delivery[]> {
    const deliveries = unsent(events)
    await this.deliver(host, deliveries, batchSize, 1)
    return deliveries
  }
}

/** Whether a caller would wait. node-fetch 2 does not notice the end of a connection in the middle of a body. */
function isSilent({ delayMs, stall, reset }: FaultRule): boolean {
  return delayMs === NEVER || stall !== undefined || reset === 'in body'
}

/** Runs an action on a stage of its own. */
export function onStage<T>(options: EmulatorInput, action: (stage: Stage) => Promise<T>): Promise<T> {
  const time = new SimulatedTime()
  return time.during(async () => {
    const emulator = await startEmulator({ clock: time.now, retention: RETENTION, ...options })
    try {
      return await action(new Stage(emulator, time))
    } finally {
      await emulator.close()
    }
  })
}
