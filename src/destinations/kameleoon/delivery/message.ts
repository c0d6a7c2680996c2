import type { VisitEvent } from '../kameleoon-api/visit-events'
import { NOTHING } from '../plan/plan'
import type { Plan } from '../plan/plan'
import type { Visitor } from '../visitor'
import type { Failure } from './failure'
import type { Answer, Outcome, Sent } from './outcome'

/** One Segment event on its way to Kameleoon. A batch holds many of them, so what few have is only there when needed. */
export class Message {
  /** The planned visit events, once their goals are known. */
  visitEvents: readonly VisitEvent[] = NOTHING
  /** The first goal that the mapping may not create, and that does not exist; set by `lacksGoal`. */
  missingGoal: string | undefined = undefined
  /** The stored maps that were written for this event, by key. */
  sentMaps: Record<string, object> | undefined = undefined
  /** Each answer of Kameleoon that this event had a part in, once. */
  answers: readonly Answer[] = NOTHING
  /** Why the event is not delivered as a whole; set by `fail`. */
  failure: Failure | undefined = undefined

  /**
   * @param identity what makes the nonces: the messageId, or without one the whole payload
   * @param time when it happened, in milliseconds since 1970; 0 where nothing of it is stored
   */
  constructor(
    readonly identity: string,
    readonly visitor: Visitor,
    readonly userAgent: string | undefined,
    readonly time: number,
    readonly plan: Plan
  ) {}

  /** Of several failures one that may pass with time counts, so that the event is tried again. */
  fail(failure: Failure): void {
    if (!this.failure || (failure.isRetryable && !this.failure.isRetryable)) this.failure = failure
  }

  lacksGoal(name: string): void {
    this.missingGoal ??= name
  }

  /** @param shared the answer, as a list that the events of one request share */
  answered(shared: readonly [Answer]): void {
    if (this.answers.length === 0) this.answers = shared
    else if (!this.answers.includes(shared[0])) this.answers = [...this.answers, shared[0]]
  }

  stored(key: string, fields: object): void {
    this.sentMaps ??= {}
    this.sentMaps[key] = fields
  }

  /** The event's one outcome: delivered if all of it was; else tried again if any part of it may be. */
  outcome(): Outcome {
    if (this.failure) return { kind: 'rejected', failure: this.failure, ...(this.isTold && { sent: this.sent }) }
    if (this.answers.length === 0) return { kind: 'filtered', reason: this.reasonForNothing }
    return { kind: 'delivered', sent: this.sent, answers: this.answers }
  }

  /** Whether anything of the event reached Kameleoon or tried to. */
  private get isTold(): boolean {
    return this.visitEvents.length > 0 || this.sentMaps !== undefined
  }

  private get sent(): Sent {
    const { visitEvents, sentMaps: maps } = this
    if (!maps) return { visitEvents }
    return visitEvents.length > 0 ? { visitEvents, maps } : { maps }
  }

  private get reasonForNothing(): string {
    if (this.missingGoal === undefined) return 'The mapping asks for nothing that this event has.'
    return `No goal is named "${this.missingGoal}", and the mapping does not create goals.`
  }
}
