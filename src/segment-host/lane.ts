import { deliverBatch, type BatchDelivery } from './batch-delivery'
import type { BatchLimits } from './batch'
import type { HeldEvent } from './event-line'

/**
 * The way of one subscription: events gather into a batch while the batch before is under way. At most these two exist,
 * so a slow destination slows the reading, and the order of the source is kept.
 */
export class Lane {
  private gathering: HeldEvent[] = []
  private bytes = 0
  private underWay: Promise<void> = Promise.resolve()

  constructor(
    private readonly delivery: BatchDelivery,
    private readonly limits: BatchLimits
  ) {}

  /** Adds an event; resolves when the lane can take another. */
  async add({ line, text, bytes }: HeldEvent): Promise<void> {
    if (this.gathering.length > 0 && this.bytes + bytes > this.limits.bytes) await this.dispatch()
    this.gathering.push({ line, text, bytes })
    this.bytes += bytes
    if (this.gathering.length >= this.limits.events) await this.dispatch()
  }

  /** Resolves when everything that was added is settled. */
  async finish(): Promise<void> {
    await this.dispatch()
    await this.underWay
  }

  private async dispatch(): Promise<void> {
    const batch = this.gathering
    this.gathering = []
    this.bytes = 0
    await this.underWay
    this.underWay = deliverBatch(batch, this.delivery)
    // Whoever waits for the lane next gets the failure; until then it must not count as unhandled.
    this.underWay.catch(() => undefined)
  }
}
