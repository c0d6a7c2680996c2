/** What became of one event in one subscription. */
export type Outcome =
  | { kind: 'delivered' }
  | { kind: 'filtered'; reason: string }
  | { kind: 'rejected'; status: number; reason: string; retryAfterMs?: number }

/**
 * The part of a multistatus node that decides an outcome, and what was sent; actions-core leaves a hole where it has none.
 */
export type OutcomeNode = { status: number; errormessage?: string; body?: unknown; sent?: unknown } | undefined

/** Reads the node of one event; a destination marks an event it leaves out on purpose with `body.filtered`. */
export function outcomeOf(node: OutcomeNode): Outcome {
  if (!node) return { kind: 'rejected', status: 500, reason: 'The destination returned no outcome for this event' }
  if (node.status >= 300) return rejectionOf(node.status, node.errormessage, node.body)
  const filtered = member(node.body, 'filtered')
  return typeof filtered === 'string' ? { kind: 'filtered', reason: filtered } : { kind: 'delivered' }
}

function rejectionOf(status: number, message: string | undefined, body: unknown): Outcome {
  const seconds = member(body, 'retryAfterSeconds')
  const reason = message || `Status ${status} without a message`
  const retryAfterMs = typeof seconds === 'number' && seconds >= 0 ? seconds * 1000 : undefined
  return { kind: 'rejected', status, reason, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}
