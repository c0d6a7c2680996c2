import { EVENT_NAMES, settings } from './events'
import type { Socket } from 'net'

export interface SinkAnswer {
  status: number
  json?: unknown
}

/** Where the benchmark asks what arrived; no path of Kameleoon. */
export const COUNTS_PATH = '/counts'

const ANSWERS: Record<string, SinkAnswer> = {
  'POST /oauth/token': { status: 200, json: { access_token: 'bench', token_type: 'Bearer', expires_in: 7200 } },
  'GET /sites': { status: 200, json: [{ id: 1, code: settings.sitecode }] },
  'GET /goals': { status: 200, json: EVENT_NAMES.map((name, index) => ({ id: index + 1, name, status: 'ACTIVE' })) },
  'POST /visit/events': { status: 204 },
  'GET /map/maps': { status: 200, json: {} },
  'POST /map/maps': { status: 204 },
  'POST /segmentio': { status: 200 }
}

/** What Kameleoon would answer, or 404 where the benchmark has nothing to ask. */
export function answerTo(method = '', url = ''): SinkAnswer {
  return ANSWERS[`${method} ${url.split('?', 1)[0]}`] ?? { status: 404 }
}

/** What arrived since it was last asked. */
export interface Counts {
  requests: number
  /** Bytes of the requests, their headers included. */
  bytes: number
  events: number
  /** Events that differ in their nonce, or in the official format in their messageId. */
  distinct: number
}

/** Keeps what arrives, and looks into it only when asked: the time of looking is not part of any measurement. */
export class SinkCounts {
  private requests = 0
  private bytes = 0
  private bodies: Buffer[][] = []
  /** Bytes of a connection that are counted already. */
  private readonly counted = new WeakMap<Socket, number>()

  /** @param body empty for a request that brings no events */
  add(socket: Socket, body: Buffer[]): void {
    this.requests++
    this.bytes += socket.bytesRead - (this.counted.get(socket) ?? 0)
    this.counted.set(socket, socket.bytesRead)
    if (body.length > 0) this.bodies.push(body)
  }

  take(): Counts {
    const identities = this.bodies.flatMap((body) => identitiesIn(Buffer.concat(body).toString()))
    const { requests, bytes } = this
    this.requests = 0
    this.bytes = 0
    this.bodies = []
    return { requests, bytes, events: identities.length, distinct: new Set(identities).size }
  }
}

interface Identified {
  nonce?: string
  messageId?: string
}

function identitiesIn(body: string): string[] {
  // Both senders write JSON. Events without an identity are all named undefined, and would be noticed as repeated.
  const sent = JSON.parse(body) as Identified | Identified[]
  return [sent].flat().map(({ nonce, messageId }) => String(nonce ?? messageId))
}

/** What has arrived at the sink since the last call. */
export async function takeCounts(sinkUrl: string): Promise<Counts> {
  const response = await fetch(`${sinkUrl}${COUNTS_PATH}`)
  // The sink writes Counts.
  return (await response.json()) as Counts
}
