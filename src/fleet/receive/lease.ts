import type { SharedStore } from '../backend/shared-store'

/** A lease that one process of the fleet has at a time. */
export class Lease {
  /** @param milliseconds after which it is free for others, unless it is renewed */
  constructor(
    private readonly store: Pick<SharedStore, 'takeLocks' | 'releaseLocks'>,
    private readonly name: string,
    private readonly owner: string,
    private readonly milliseconds = 15_000
  ) {}

  /** Takes or renews it. @returns whether this process has it */
  take(): Promise<boolean> {
    return this.store.takeLocks([this.name], this.owner, this.milliseconds)
  }

  /** Renews it again and again while the work goes on. A renewal that fails does not stop the work. */
  async during<Result>(work: Promise<Result>): Promise<Result> {
    const timer = setInterval(() => void this.take().catch(() => undefined), this.milliseconds / 3)
    try {
      return await work
    } finally {
      clearInterval(timer)
    }
  }

  release(): Promise<void> {
    return this.store.releaseLocks([this.name], this.owner)
  }
}
