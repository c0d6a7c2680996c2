import { setImmediate as nextTurn } from 'timers/promises'
import { cannotRead, idOf, openEventStream, Places } from '../../../event-files'
import { completed, type CompleteEvent, type EventLine, type SourceLine } from '../../../segment-host'
import { eventProblems, type CheckedEvent } from '../../../tracking-api'
import type { Receiver } from '../delivery/receive'
import { takeOne } from '../tracking/take'
import type { Run } from './run'
import type { Runs } from './runs'

interface FileReceiver extends Receiver {
  runs: Runs
  stream: { sendSoon(): void }
}

/**
 * Receives the events of a file as they are read, and no faster than they are delivered. Resolves when all of them are
 * received, or when the run was stopped; a file that cannot be read stops it.
 */
export async function receiveFile(
  receiver: FileReceiver,
  run: Run,
  name: string,
  content: AsyncIterable<Buffer>
): Promise<void> {
  try {
    const file = await openEventStream(counted(content, run, receiver), 'an upload')
    for await (const lines of file.portions({ file: name, places: new Places(), isWanted: () => true })) {
      for (const line of lines) takeLine(receiver, run, line)
      await run.room()
      if (run.isStopped) break
      // Deliveries and other requests get their turn between two portions.
      await nextTurn()
    }
  } catch (error) {
    run.stop(
      isCut(error) ? 'The file did not arrive to its end: the page that sent it was closed.' : cannotRead(name, error)
    )
  } finally {
    run.sent()
    receiver.stream.sendSoon()
  }
}

async function* counted(
  content: AsyncIterable<Buffer>,
  run: Run,
  { stream }: Pick<FileReceiver, 'stream'>
): AsyncGenerator<Buffer> {
  for await (const chunk of content) {
    if (run.isStopped) return
    run.bytesRead += chunk.length
    stream.sendSoon()
    yield chunk
  }
}

/** Whether the client ended the request before its body was complete. */
function isCut(error: unknown): boolean {
  return typeof error === 'object' && error !== null && Reflect.get(error, 'code') === 'ECONNRESET'
}

function takeLine(receiver: FileReceiver, run: Run, line: SourceLine): void {
  if (run.isStopped || line.kind === 'passed') return
  if (line.kind === 'unreadable') return run.addProblem({ line: line.line, reason: line.reason })
  const checked = checkedLine(line, receiver.clock())
  if (checked.kind === 'dropped') {
    const [{ field, message }] = checked.problems
    run.addProblem({ line: line.line, reason: `Segment would drop this event: ${field} ${message}` })
  }
  receiver.runs.add(run, takeOne(receiver, checked, 'file'))
}

function checkedLine(line: EventLine, receivedAt: number): CheckedEvent {
  // The reader has seen a JSON object.
  const written = line.event as unknown as CompleteEvent
  // An event that Segment has received before, such as one of an export, is complete.
  const event =
    written.receivedAt === undefined ? completed(written, { receivedAt }, () => idOf(line, line.text)) : written
  const problems = eventProblems(written, event)
  return problems.length > 0 ? { kind: 'dropped', event, index: 0, problems } : { kind: 'valid', event }
}
