import { fork, type ChildProcess } from 'child_process'
import path from 'path'
import type { Case } from './cases'
import type { SinkOptions } from './sink-answers'
import type { CaseEnd, CaseOrder, CaseStart, Pass } from './case-process'

/** A case in a process of its own. It sends on request and is idle in between. */
export class RunningCase {
  private readonly child: ChildProcess
  /** Events sent so far; no two are the same. */
  private sent = 0

  constructor(
    readonly one: Case,
    sinkUrl: string
  ) {
    const start: CaseStart = { name: one.name, sinkUrl }
    this.child = fork(path.join(__dirname, 'case-process.ts'), [JSON.stringify(start)])
  }

  /** Sends events that are not measured. @throws Error if one of them is rejected */
  async warmUp(events: number): Promise<void> {
    await this.answerTo<'warm'>({ task: 'warm up', events })
    this.sent = events
  }

  /** Sends the next events. @throws Error if one of them is rejected, lost or sent twice */
  async send(events: number): Promise<Pass> {
    const pass = await this.answerTo<Pass>({ task: 'send', first: this.sent, events })
    this.sent += events
    return pass
  }

  /** Its results, with the time of our own code. */
  end(ownPasses: number, ownEvents: number): Promise<CaseEnd> {
    return this.answerTo({ task: 'end', ownPasses, ownEvents })
  }

  stop(): void {
    if (this.child.connected) this.child.disconnect()
  }

  private answerTo<Answer>(order: CaseOrder): Promise<Answer> {
    const answer = nextMessage<Answer>(this.child, this.one.name)
    this.child.send(order)
    return answer
  }
}

export interface RunningSink {
  url: string
  stop: () => void
}

/** Starts the sink as a process of its own; resolves when it listens. */
export async function startSink(options: Partial<SinkOptions> = {}): Promise<RunningSink> {
  const sink = fork(path.join(__dirname, 'sink.ts'), [JSON.stringify(options)])
  const port = await nextMessage<number>(sink, 'The sink')
  return { url: `http://127.0.0.1:${port}`, stop: () => sink.disconnect() }
}

/**
 * The next message of a process that was forked from here.
 * @throws Error if it ends without one; the reason is on standard error
 */
export function nextMessage<Message>(child: ChildProcess, name: string): Promise<Message> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => {
      reject(new Error(`${name} ended with code ${code} and without a result.`))
    }
    child.once('exit', ended)
    child.once('message', (message) => {
      child.off('exit', ended)
      // Both ends of the channel are part of the benchmark, so the type of a message is known.
      resolve(message as Message)
    })
  })
}
