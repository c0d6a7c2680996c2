/** Reasons may quote values of events, so their number has no natural end. */
const MOST_REASONS = 50
const OTHER = 'other reasons'

/** How many events had which reason; beyond fifty different reasons the rest is counted together. */
export class ReasonCounts {
  private readonly counts = new Map<string, number>()
  total = 0

  add(reason: string): void {
    const key = this.counts.has(reason) || this.counts.size < MOST_REASONS ? reason : OTHER
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1)
    this.total++
  }

  /** Reasons with their counts, the most frequent first. */
  list(): ReasonCount[] {
    return [...this.counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count)
  }
}

export interface ReasonCount {
  reason: string
  count: number
}
