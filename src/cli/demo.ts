import { openEventFile } from './event-file/event-file'
import { readEventLines } from './event-file/event-lines'
import { EXAMPLES_PATH } from './examples-path'
import { knownVisitors } from './known-visitors'
import { demoText } from './print/demo-text'
import { coloursFor, widthOf } from './print/terminal'
import { presetSubscriptions, runDelivery, type Settled } from '../segment-host'
import type { Surroundings } from './surroundings'
import { surprisesIn } from './surprises'
import { embeddedTarget } from './target'

/**
 * Delivers the bundled examples to an embedded Kameleoon and shows what it now knows about each visitor. Resolves to 0;
 * to 1 when something happened that the examples do not intend.
 */
export async function demo<Settings>({ terminal, definition, retry }: Surroundings<Settings>): Promise<number> {
  const { stdout, env } = terminal
  const { send, emulator, close } = await embeddedTarget(definition)
  try {
    const events = await openEventFile(EXAMPLES_PATH)
    const rejected: Settled[] = []
    const onSettled = (settled: Settled): void => void (settled.outcome.kind === 'rejected' && rejected.push(settled))
    const subscriptions = presetSubscriptions(definition)
    const run = { destination: definition.name, subscriptions, send, retry, onSettled }
    const summary = await runDelivery(readEventLines(events.content), run)
    const { discarded, totals } = emulator
    const surprises = surprisesIn(summary, rejected, discarded)
    const shown = { summary, rejected, discarded, totals, visitors: knownVisitors(emulator), surprises }
    stdout.write(demoText(shown, coloursFor(stdout, env), widthOf(stdout)))
    return surprises.length === 0 ? 0 : 1
  } finally {
    await close()
  }
}
