import { readFile } from 'fs/promises'
import type { WorkbenchContext } from './context'
import { receive, type CompleteEvent } from './delivery/receive'
import { completed } from './tracking/completed'

/** What became of the examples. */
export interface ExamplesReport {
  events: number
  delivered: number
  filtered: number
  rejected: number
  /** What the emulated Kameleoon accepted of them and would not keep. */
  discarded: number
}

/** Delivers a file of events, one a line, and resolves when all of them are settled. */
export async function deliverExamples(path: string, context: WorkbenchContext): Promise<ExamplesReport> {
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line.trim() !== '')
  const received = lines.map((line) => {
    const event = completed(JSON.parse(line) as CompleteEvent, { receivedAt: context.clock() })
    return receive(context, event, 'example')
  })
  await context.delivery.idle()
  const summaries = received.map((event) => event.summary())
  const count = (status: string): number => summaries.filter((one) => one.status === status).length
  return {
    events: summaries.length,
    ...{ delivered: count('delivered'), filtered: count('filtered'), rejected: count('rejected') },
    discarded: summaries.reduce((sum, { discarded }) => sum + discarded, 0)
  }
}
