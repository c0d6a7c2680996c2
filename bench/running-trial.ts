import { fork } from 'child_process'
import path from 'path'
import type { Case } from './cases'
import { firstMessage } from './first-message'
import type { Plan } from './plan'
import type { Trial, TrialOrder } from './trial'

/**
 * Runs one case once, in a process of its own.
 * @throws Error if it fails: an event was refused, lost or sent twice; its own message is on standard error
 */
export function runTrial(one: Case, plan: Plan, sinkUrl: string): Promise<Trial> {
  const order: TrialOrder = {
    case: one.name,
    sinkUrl,
    warmUp: plan.warmUpOf(one),
    events: plan.eventsOf(one),
    ownPasses: plan.ownPasses,
    ownEvents: plan.ownEvents
  }
  return firstMessage(fork(path.join(__dirname, 'trial.ts'), [JSON.stringify(order)]), one.name)
}
