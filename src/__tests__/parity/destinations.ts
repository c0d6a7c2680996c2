import genuine from '@segment/action-destinations/dist/destinations/kameleoon'
import { Destination, type JSONObject, type SegmentEvent } from '@segment/actions-core'
import { connectTo } from '../../emulator'
import { createServer, type Server } from 'http'
import type { AddressInfo } from 'net'
import { processMemory } from '../../destinations/kameleoon/kameleoon-api/project'
import type { Kameleoon } from '../kameleoon'

export type Treatment = 'accepts' | 'rejects' | 'filters' | 'ignores'

export const SETTINGS = { apiKey: 'bm90IHJlYWw=', sitecode: 'emulated01' }

/**
 * The genuine official destination. Its requests go to a local receiver. It has another name here, because the framework
 * keeps compiled schemas by name, and two destinations with one name would share them.
 */
export class Official {
  readonly destination: Destination<typeof SETTINGS>

  private constructor(readonly receiver: Receiver) {
    this.destination = new Destination(connectTo({ ...genuine, name: 'Official Kameleoon' }, receiver))
  }

  static async start(): Promise<Official> {
    return new Official(await Receiver.start())
  }

  /** How it treats one event under the presets that Segment creates, and what it sent. */
  async take(event: SegmentEvent): Promise<{ kind: Treatment; sent?: Received; words: string }> {
    const { received } = this.receiver
    const before = received.length
    const subscriptions = presetsOf(event)
    if (subscriptions.length === 0) return { kind: 'ignores', words: 'no preset takes it' }
    try {
      await this.destination.onEvent(event, { ...SETTINGS, subscriptions })
    } catch (error) {
      return { kind: 'rejects', words: (error as Error).message }
    } finally {
      this.destination.responses.length = 0
    }
    const [sent, ...more] = received.slice(before)
    if (!sent || more.length > 0) throw new Error(`One request was expected, not ${received.length - before}`)
    return { kind: 'accepts', sent, words: '' }
  }

  async close(): Promise<void> {
    await this.receiver.close()
  }
}

function presetsOf({ type }: SegmentEvent): JSONObject[] {
  return (genuine.presets ?? []).flatMap((preset) => {
    if (preset.type !== 'automatic' || preset.subscribe !== `type = "${type}"`) return []
    const { partnerAction, subscribe, mapping = {} } = preset
    return [{ partnerAction, subscribe, mapping }]
  })
}

export interface Received {
  method: string
  /** With the query. */
  path: string
  headers: Record<string, string | string[] | undefined>
  body: JSONObject
}

/** A local server in place of the official destination's receiver at Kameleoon. It accepts everything, as the real one does. */
export class Receiver {
  readonly received: Received[] = []

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Receiver> {
    const server = createServer()
    const receiver = new Receiver(server)
    server.on('request', (request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const { method = '', url = '', headers } = request
        const text = Buffer.concat(chunks).toString('utf8')
        const body = text === '' ? {} : (JSON.parse(text) as Received['body'])
        receiver.received.push({ method, path: url, headers, body })
        response.end('OK')
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return receiver
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }
}

type Fields = Record<string, unknown>

/** Everything that Kameleoon knows from one event, read from the requests themselves. */
export interface KnownData {
  visitEvents: Fields[]
  maps: Record<string, Fields>
  /** Names of the goals that were converted. */
  goals: string[]
}

/** How our destination treats a single event under its presets, with empty caches, and what Kameleoon knows afterwards. */
export async function ours(
  kameleoon: Kameleoon,
  event: SegmentEvent
): Promise<{ kind: Treatment; known: KnownData; words: string }> {
  kameleoon.reset()
  processMemory.projects.clear()
  const known: KnownData = { visitEvents: [], maps: {}, goals: [] }
  if (event.type === 'alias') return { kind: 'ignores', known, words: 'no preset takes it' }
  const { status, errormessage, body } = await kameleoon.single(event)
  const filtered = (body as { filtered?: string } | undefined)?.filtered
  if (status >= 300) return { kind: 'rejects', known, words: errormessage ?? '' }
  if (filtered !== undefined) return { kind: 'filters', known, words: filtered }
  return { kind: 'accepts', known: knownTo(kameleoon), words: '' }
}

function knownTo(kameleoon: Kameleoon): KnownData {
  const visitEvents = kameleoon.visitEvents()
  const names = new Map(kameleoon.emulator.goals.map(({ id, name }) => [id, name]))
  const goals = visitEvents.flatMap(({ goalId }) => names.get(goalId as number) ?? [])
  const maps: KnownData['maps'] = {}
  for (const { body } of kameleoon.requests('/map/maps')) Object.assign(maps, JSON.parse(body))
  return { visitEvents, maps, goals }
}
