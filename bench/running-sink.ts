import { fork } from 'child_process'
import path from 'path'
import { nextMessage } from './next-message'
import { COUNTS_PATH } from './sink-answers'
import type { Counts } from './sink-counts'

export interface RunningSink {
  url: string
  stop: () => void
}

/** Starts the sink as a process of its own; resolves when it listens. */
export async function startSink(): Promise<RunningSink> {
  const sink = fork(path.join(__dirname, 'sink.ts'))
  const port = await nextMessage<number>(sink, 'The sink')
  return { url: `http://127.0.0.1:${port}`, stop: () => sink.disconnect() }
}

/** What arrived at the sink since this was last asked. */
export async function takeCounts(sinkUrl: string): Promise<Counts> {
  const response = await fetch(`${sinkUrl}${COUNTS_PATH}`)
  // The sink writes Counts.
  return (await response.json()) as Counts
}
