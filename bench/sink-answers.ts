import { EVENT_NAMES, settings } from './events'
import type { Socket } from 'net'
import { EMULATOR_NAME } from '../src/emulator'

/** How the sink behaves; the first argument of its process, in JSON. */
export interface SinkOptions {
  /** Milliseconds before an answer. */
  latencyMs: number
  /** Whether bodies are kept until somebody asks what arrived. Otherwise only events are counted. */
  keepsBodies: boolean
}

export function sinkOptions(): SinkOptions {
  // The benchmark starts the process with these.
  const given = JSON.parse(process.argv[2] ?? '{}') as Partial<SinkOptions>
  return { latencyMs: 0, keepsBodies: true, ...given }
}

export interface SinkAnswer {
  status: number
  json?: unknown
}

/** Where the benchmark asks what arrived; no path of Kameleoon. */
export const COUNTS_PATH = '/counts'

const ANSWERS: Record<string, SinkAnswer> = {
  // `deliver --emulator` asks what is there.
  'GET /emulator': { status: 200, json: { name: EMULATOR_NAME, sitecode: settings.sitecode } },
  'POST /emulator/project': { status: 200, json: { sitecode: true, apiKey: true } },
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
  /** Events in bodies that were not kept. */
  private events = 0
  /** Bytes of a connection that are counted already. */
  private readonly counted = new WeakMap<Socket, number>()

  constructor(private readonly keepsBodies: boolean) {}

  /** @param body empty for a request that brings no events */
  add(socket: Socket, body: Buffer[]): void {
    this.requests++
    this.bytes += socket.bytesRead - (this.counted.get(socket) ?? 0)
    this.counted.set(socket, socket.bytesRead)
    if (body.length > 0 && this.keepsBodies) this.bodies.push(body)
    else if (body.length > 0) this.events += eventsIn(Buffer.concat(body))
  }

  take(): Counts {
    const identities = this.bodies.flatMap((body) => identitiesIn(Buffer.concat(body).toString()))
    const { requests, bytes, events } = this
    this.events = 0
    this.requests = 0
    this.bytes = 0
    this.bodies = []
    return { requests, bytes, events: events + identities.length, distinct: new Set(identities).size }
  }
}

const NONCE = '"nonce":'

/** Visit events in a body, without reading it as JSON. */
function eventsIn(body: Buffer): number {
  let count = 0
  for (let at = body.indexOf(NONCE); at !== -1; at = body.indexOf(NONCE, at + 1)) count++
  return count
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
