import { randomUUID } from 'crypto'
import { setTimeout } from 'timers/promises'
import type { Answer } from '../../segment-host'
import type { SharedStore } from '../backend/shared-store'
import { FleetStoreError } from './fleet-store-error'
import { answerOf, keptText } from './kept-answer'
import { digestOf, isAboutGoals, secondsToKeep, type Question } from './question'

/**
 * A process that asks alone says so again before this time is over. Others that want to read wait so long for its answer,
 * then they ask themselves; others that want to create the same goal wait until it has its answer, or has ended.
 */
const LEASE_MILLISECONDS = 15_000
const RENEWAL_MILLISECONDS = 5_000

const POLL_MILLISECONDS = 100

/** Longer than any answer is kept. */
const VERSION_SECONDS = 10 * 60

type Ask = () => Promise<Answer>

/** Answers that one process got and the others use. */
export class SharedAnswers {
  /** @param signal ends all waiting */
  constructor(
    private readonly store: SharedStore,
    private readonly signal?: AbortSignal
  ) {}

  /**
   * The answer to a question, which another process may have got.
   * @param ask sends the request
   * @throws FleetStoreError if the database does not answer, and what `ask` throws
   */
  async answer(question: Question, ask: Ask): Promise<Answer> {
    const { account, method, url, body } = question
    const key = `answer:${digestOf([account, await this.versionOf(question), method, url, body])}`
    const owner = randomUUID()
    try {
      const wait = method === 'POST' ? Infinity : LEASE_MILLISECONDS
      return (
        (await this.keptOrLeased(key, owner, wait)) ??
        (await this.leased(key, owner, () => this.asked(key, question, ask)))
      )
    } finally {
      // What is not released ends by itself.
      await this.store.releaseLocks([key], owner).catch(() => undefined)
    }
  }

  /** @returns the kept answer; undefined if this process is to ask */
  private async keptOrLeased(key: string, owner: string, wait: number): Promise<Answer | undefined> {
    const end = performance.now() + wait
    while (performance.now() < end) {
      const kept = await this.kept(key)
      if (kept) return kept
      // Another may have got its answer between these two steps.
      if (await reached(this.store.takeLocks([key], owner, LEASE_MILLISECONDS))) return this.kept(key)
      await setTimeout(POLL_MILLISECONDS, undefined, { signal: this.signal })
    }
    return undefined
  }

  /** Keeps the lease while the request waits for its turn and for its answer. */
  private async leased(key: string, owner: string, work: Ask): Promise<Answer> {
    // Where the database fails, the lease ends, and another process may ask as well.
    const renew = (): unknown => this.store.takeLocks([key], owner, LEASE_MILLISECONDS).catch(() => undefined)
    const renewal = setInterval(renew, RENEWAL_MILLISECONDS)
    try {
      return await work()
    } finally {
      clearInterval(renewal)
    }
  }

  private async kept(key: string): Promise<Answer | undefined> {
    const text = await reached(this.store.get(key))
    return text === null ? undefined : answerOf(text)
  }

  private async asked(key: string, question: Question, ask: Ask): Promise<Answer> {
    try {
      const answer = await ask()
      const seconds = secondsToKeep(question, answer)
      // An answer that cannot be kept is still one.
      if (seconds > 0) await this.store.set(key, keptText(answer), seconds).catch(() => undefined)
      return answer
    } finally {
      // Also if there was no answer: the goal may have been created.
      if (question.method === 'POST') await this.dropLists(question).catch(() => undefined)
    }
  }

  /**
   * What was kept before a goal was created has another key than what is kept after it. That also holds for the answer to a
   * question that was sent before and is answered after.
   */
  private versionOf(question: Question): Promise<string | null> {
    const isOfVersion = question.method === 'GET' && isAboutGoals(question)
    return isOfVersion ? reached(this.store.get(versionKey(question))) : Promise.resolve(null)
  }

  private dropLists(question: Question): Promise<void> {
    return this.store.set(versionKey(question), randomUUID(), VERSION_SECONDS)
  }
}

function versionKey({ account }: Question): string {
  return `answers-version:${account}`
}

async function reached<Result>(result: Promise<Result>): Promise<Result> {
  try {
    return await result
  } catch (error) {
    throw new FleetStoreError(error)
  }
}
