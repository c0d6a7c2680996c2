import { fork, type ChildProcess } from 'child_process'
import path from 'path'
import type { Case } from './cases'
import type { CaseEnd, CaseOrder, CaseStart, Pass } from './case-process'
import { nextMessage } from './next-message'

/** A case in a process of its own, that sends when it is told to and rests in between. */
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

  /** Sends so many events that do not count. @throws Error if one of them is rejected */
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

  /** What it knows at the end, our own code timed. */
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
