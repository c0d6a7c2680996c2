import type { EventStatus } from '../../contract'

/** How many events have which status, those included that are no longer kept. */
export class StatusCounts {
  received = 0
  private readonly by: Record<EventStatus, number> = {
    waiting: 0,
    retrying: 0,
    delivered: 0,
    filtered: 0,
    rejected: 0
  }

  add(status: EventStatus): void {
    this.received++
    this.by[status]++
  }

  move(before: EventStatus, after: EventStatus): void {
    this.by[before]--
    this.by[after]++
  }

  /** As WorkbenchState tells them. */
  told() {
    const { waiting, retrying, delivered, filtered: filtered, rejected } = this.by
    return { received: this.received, waiting, retrying, delivered, filtered, rejected }
  }
}
