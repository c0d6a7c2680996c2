import { randomUUID } from 'crypto'
import type { FastifyInstance } from 'fastify'
import type { Fleet } from '../fleet'
import { Distributor, type DistributorWatch, type Divide } from './distributor'
import { Inbox } from './inbox'
import { inboxQueue } from './inbox-queue'
import { InboxState } from './inbox-state'
import { Lease } from './lease'
import type { ReceiverWatch } from './receive-call'
import { createReceiverServer } from './receiver-server'

/** Follows a receiver. Every member is called synchronously and must not throw. */
export interface ReceiveWatch extends ReceiverWatch, DistributorWatch {
  /** A sentence for the user. */
  note(text: string): void
}

export interface ReceiverOptions {
  fleet: Pick<Fleet, 'inbox' | 'store'>
  writeKey: string
  divide: Divide
  watch: ReceiveWatch
}

/** Segment's Tracking API in front of a queue, and what moves events from there to the partitions. */
export interface Receiver {
  /** Not yet listening. */
  server: FastifyInstance
  /** How many jobs wait in the inbox, null when it cannot be reached. */
  waiting(): number | null
  /** Stops listening, finishes the requests and the batch under way. */
  close(): Promise<void>
}

/** How long requests and the batch under way may take at the end, in milliseconds. A request takes ten seconds at most. */
const CLOSING_MS = 15_000

export async function startReceiver({ fleet, writeKey, divide, watch }: ReceiverOptions): Promise<Receiver> {
  const queue = inboxQueue(fleet.inbox)
  const state = new InboxState(queue, (text) => watch.note(text))
  await state.look()
  state.start()
  // Workers do not delete users: a call that asks for it is answered with an error, rather than forgotten.
  const server = createReceiverServer({ sink: new Inbox(queue, state), writeKey, state, watch })
  const lease = new Lease(fleet.store, 'distributor', randomUUID())
  const stop = new AbortController()
  const distributing = new Distributor({ queue, lease, divide, watch }).run(stop.signal)
  const close = async (): Promise<void> => {
    await closed(server)
    stop.abort()
    await within(distributing, CLOSING_MS)
    state.stop()
  }
  return { server, waiting: () => (state.reach.kind === 'reachable' ? state.reach.waiting : null), close }
}

async function closed(server: FastifyInstance): Promise<void> {
  const closing = server.close()
  await within(closing, CLOSING_MS)
  // Senders that have not sent all of a request by now send it again.
  server.server.closeAllConnections()
  await closing
}

/** Waits for the work, but not longer than this. */
async function within(work: Promise<unknown>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)))
  await Promise.race([work, late])
  clearTimeout(timer)
}
