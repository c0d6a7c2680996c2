import type { Mistake } from '../../src/emulator'
import { unsent } from '../driver'
import type { SourceEvent } from '../events'
import { differences, expectedState, knownState } from '../state'
import { conversionOf } from './conversions'
import { settledAmiss } from './disturbed'
import { together, type Outage } from './outage'
import { onStage, type Stage } from './stage'

const MISTAKES: Mistake[] = [
  'empty pages',
  'empty second page',
  'page ignored',
  'repeated page',
  'short pages',
  'out of order',
  'incomplete'
]

/** A list of one page, and one of several, whatever their size. */
const SIZES = [15, 450]
const BATCH_SIZE = 20

export const shortLists: Outage = {
  condition: 'no goal is created a second time, however short the lists come',
  measure: async (size) => {
    const findings = []
    let second = 0
    for (const mistake of MISTAKES) {
      for (const goals of SIZES) {
        const options = { goals: Array.from({ length: goals }, (_, index) => ({ name: goalNumber(index) })) }
        const found = await onStage(options, (stage) => listsOf(stage, mistake, goals, size === 'short' ? 30 : 60))
        second += found.second
        findings.push({ name: `${mistake} of ${goals} goals`, violations: found.violations })
      }
    }
    return together(`${findings.length} lists, ${second} second goals`, findings)
  }
}

/** Goals that are in any place of the list, and two that are not there yet. */
async function listsOf(stage: Stage, mistake: Mistake, goals: number, count: number) {
  const { emulator } = stage
  const events = Array.from({ length: count }, (_, index) =>
    index % 10 === 5
      ? conversionOf(`new-${index}`, `visitor${index}`, `New ${index % 20}`)
      : existing(index, goalNumber((index * 37) % goals))
  )
  emulator.faults.add({ method: 'GET', path: '/goals', mistake })
  const deliveries = unsent(events)
  // A process that starts anew in between knows nothing of what the first has created.
  await stage.deliver(stage.newHost(), deliveries.slice(0, count / 2), BATCH_SIZE)
  await stage.deliver(stage.newHost(), deliveries.slice(count / 2), BATCH_SIZE)
  const names = emulator.goals.map(({ name }) => name)
  const second = names.filter((name, index) => names.indexOf(name) !== index)
  return {
    second: second.length,
    violations: [
      ...second.map((name) => `there is a second goal "${name}"`),
      ...settledAmiss(deliveries),
      ...differences(expectedState(events), knownState(emulator))
    ]
  }
}

/** Half of the goals are named as the event, the others as the goal that is created for it. */
function goalNumber(index: number): string {
  return index % 2 === 0 ? `Goal ${index}` : `SegmentIO track - Goal ${index}`
}

function existing(index: number, goal: string): SourceEvent {
  return conversionOf(`existing-${index}`, `visitor${index}`, goal.replace('SegmentIO track - ', ''), goal)
}
