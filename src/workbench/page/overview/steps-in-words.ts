import type { OverviewStep } from '../../contract'
import { counted } from '../parts/words'

const STEP_WITH_SECONDS = 60_000
const minutes = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const seconds = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })

/** A time as "16:02", or "16:02:30" where the minute alone does not say it. */
export function minuteOf(at: string): string {
  const date = new Date(at)
  return (date.getSeconds() === 0 ? minutes : seconds).format(date)
}

/** One step, as it is shown when the mouse is over its bar. */
export function stepInWords(step: OverviewStep): string {
  const format = Date.parse(step.to) - Date.parse(step.from) < STEP_WITH_SECONDS ? seconds : minutes
  const span = `${format.format(new Date(step.from))} to ${format.format(new Date(step.to))}`
  return `${span}: ${countsInWords(step)}`
}

/** All steps together as a sentence. */
export function stepsInWords(steps: OverviewStep[], time: string): string {
  const sum = (key: Count): number => steps.reduce((all, step) => all + step[key], 0)
  const total = {
    ...{ received: sum('received'), delivered: sum('delivered'), filtered: sum('filtered') },
    ...{ rejected: sum('rejected'), unsettled: sum('unsettled') }
  }
  return total.received === 0 ? `Nothing was received in ${time}.` : `In ${time}: ${countsInWords(total)}.`
}

/** The search of the list that finds the events of a step. */
export function stepQuery({ from, to }: Pick<OverviewStep, 'from' | 'to'>, status?: string): string {
  const time = `after:${from} before:${to}`
  return status === undefined ? time : `status:${status} ${time}`
}

type Count = 'received' | 'delivered' | 'filtered' | 'rejected' | 'unsettled'

function countsInWords({ received, delivered, filtered, rejected, unsettled }: Record<Count, number>): string {
  const parts: [number, string][] = [
    [delivered, 'delivered'],
    [filtered, 'filtered'],
    [rejected, 'failed'],
    [unsettled, 'waiting or retrying']
  ]
  const words = parts.filter(([count]) => count > 0).map(([count, word]) => `${counted(count)} ${word}`)
  return [`${counted(received)} received`, ...words].join(', ')
}
