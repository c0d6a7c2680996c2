import type { Subscription } from './subscription'

/** Segment's default for a batch, also the most that is held in memory for one. https://segment.com/docs/partners/destinations/actions/ */
const DEFAULT_BATCH_BYTES = 4_000_000

export interface BatchLimits {
  events: number
  bytes: number
}

/** How large the batches of a subscription may be: Segment's own fields in its mapping, below what the host asks for. */
export function batchLimits({ mapping }: Subscription, batchSize: number): BatchLimits {
  const events = mapping.enable_batching === false ? 1 : Math.min(batchSize, positive(mapping.batch_size) ?? batchSize)
  return { events, bytes: Math.min(positive(mapping.batch_bytes) ?? DEFAULT_BATCH_BYTES, DEFAULT_BATCH_BYTES) }
}

function positive(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 1 ? Math.floor(value) : undefined
}
