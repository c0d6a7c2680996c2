/** How much the emulator remembers. What falls out is still counted in `totals`. */
export interface Retention {
  requests: number
  /** Bytes of request bodies kept over all recorded requests. */
  requestBytes: number
  visitors: number
  eventsPerVisitor: number
  maps: number
  /** A nonce that was dropped is new again when it comes back. */
  nonces: number
  discarded: number
}
