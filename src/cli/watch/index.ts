import type { Output, Terminal } from '../context'
import { progressBar } from './progress-bar'
import { progressLines } from './progress-lines'
import type { Watch } from './watch'

export { logWatch, standardError, type LogOptions } from './log'
export { startMetrics, type MetricsServer } from './metrics-server'
export { progressBar } from './progress-bar'
export { progressLines } from './progress-lines'
export { requestWatch } from './request-watch'
export { watches, type Position, type SentRequest, type Watch } from './watch'

/** A progress bar on a terminal, and lines elsewhere or where the cursor cannot be moved. */
export function progressOn(output: Output, env: Terminal['env']): Watch {
  return isTerminal(output) && env.TERM !== 'dumb' ? progressBar(output) : progressLines(output)
}

function isTerminal(output: Output): output is Output & NodeJS.WriteStream {
  return Boolean(output.isTTY)
}
