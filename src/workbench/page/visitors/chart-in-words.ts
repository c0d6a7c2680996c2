import type { VisitorDetail } from '../../contract'
import { shortTime } from '../parts/words'

/** The chart of conversions as a sentence. */
export function chartInWords(steps: VisitorDetail['conversionsOverTime']): string {
  const total = steps.reduce((sum, { conversions }) => sum + conversions, 0)
  const busiest = steps.reduce((most, step) => (step.conversions > most.conversions ? step : most))
  const span = `${counted(total)} from ${shortTime(steps[0].at)} to ${shortTime(steps[steps.length - 1].at)}`
  return busiest.conversions === total || busiest.conversions === 1
    ? `${span}.`
    : `${span}; most, ${busiest.conversions}, from ${shortTime(busiest.at)}.`
}

function counted(conversions: number): string {
  return conversions === 1 ? '1 conversion' : `${conversions} conversions`
}
