import type { Emulator } from '../../src/emulator'
import { unsent, type Delivery } from '../driver'
import type { Host } from '../host'
import { below, seededRandom } from '../random'
import { conversionOf } from './conversions'
import { isDelivered, outcomesAmiss, type Outage } from './outage'
import { onStage, type Stage } from './stage'

/** One account, whose Automation API takes 1,000 requests an hour and 50 in 10 seconds from all processes together. */
const PROCESSES = 30
const GOALS = 20_000

/** How many goals the events of the account convert, and how many of those the source of one process uses. */
const USED_GOALS = 60
const USED_BY_ONE = 8

const EVENTS_A_BATCH = 5
const LEAST_AT_ONCE = 0.99
const HOUR = 3_600_000

export const fleet: Outage = {
  condition: `${PROCESSES} processes with one budget deliver at least 99 % of the events of known goals at once`,
  measure: (size) => {
    const goals = Array.from({ length: GOALS }, (_, index) => ({ name: goalNumber(index) }))
    return onStage({ goals }, async (stage) => {
      const deliveries = await sendForHours(
        stage,
        size === 'short' ? { hours: 1, batches: 20 } : { hours: 6, batches: 60 }
      )
      const atOnce = deliveries.filter(isDelivered).length / deliveries.length
      const late = outcomesAmiss(deliveries, isDelivered)
      return {
        figures: `${deliveries.length} events, ${(atOnce * 100).toFixed(2)} % at once, ${automationRequests(stage.emulator)} requests to the Automation API`,
        violations: atOnce < LEAST_AT_ONCE ? late : []
      }
    })
  }
}

/**
 * All processes start at the same moment; then their batches come one after the other.
 * @param batches of one process in an hour
 */
async function sendForHours(stage: Stage, { hours, batches }: { hours: number; batches: number }): Promise<Delivery[]> {
  const random = seededRandom(16)
  const all: Delivery[] = []
  const processes = Array.from({ length: PROCESSES }, (_, number) => ({ number, host: stage.newHost() }))
  const sendBatch = async ({ number, host }: { number: number; host: Host }, round: number) => {
    const events = Array.from({ length: EVENTS_A_BATCH }, (_, index) => {
      const used = (number * 7 + below(USED_BY_ONE, random)) % USED_GOALS
      const name = goalNumber(Math.floor((used * GOALS) / USED_GOALS))
      const id = `${number}-${round}-${index}`
      return conversionOf(id, `visitor${id}`, name, name)
    })
    const deliveries = unsent(events)
    all.push(...deliveries)
    await stage.deliver(host, deliveries, EVENTS_A_BATCH, 1)
  }
  await Promise.all(processes.map((process) => sendBatch(process, 0)))
  for (let round = 1; round < hours * batches; round++) {
    for (const process of processes) {
      // The driver itself lets a second pass after each batch.
      stage.time.advance(HOUR / batches / PROCESSES - 1_000)
      await sendBatch(process, round)
    }
  }
  return all
}

function automationRequests({ totals }: Emulator): number {
  return Object.entries(totals.requests)
    .filter(([name]) => / \/(sites|goals) /.test(name))
    .reduce((sum, [, count]) => sum + count, 0)
}

function goalNumber(index: number): string {
  return `Goal ${index}`
}
