import type { KameleoonClient } from '../kameleoon-api/client'
import { ResponseError } from '../kameleoon-api/errors'
import { MAX_MAPS_BYTES } from '../kameleoon-api/limits'
import { writeMaps } from '../kameleoon-api/maps'
import type { StoredMap } from '../kameleoon-api/maps'
import { projectOf } from '../kameleoon-api/project'
import { KEY_PREFIXES } from '../plan/stored-maps'
import type { MapWrite } from '../plan/plan'
import { LINK_FIELD } from '../plan/stored-maps'
import { cut } from '../values'
import { payloadFailure } from './failure'
import { sendHalving } from './halving'
import type { Gate, Gates } from './halving'
import type { Message } from './message'
import { answersIn } from './outcome'
import { readStored } from './stored-maps'

/** What one message writes under one key. */
interface Write extends MapWrite {
  message: Message
  /** Bytes of its own fields, encoded. */
  bytes: number
}

/**
 * Writes the stored data of all messages. Kameleoon's pages disagree on whether a write merges fields or replaces the map;
 * reading, merging and writing the whole map is right under both.
 */
export async function deliverMaps(client: KameleoonClient, messages: Message[], gates: Gates): Promise<void> {
  const writing = messages.filter(writesMaps)
  const writes = writesInTimeOrder(writing)
  const keys = [...new Set(writes.map(({ key }) => key))]
  await projectOf(client.connection).mapLocks.run(keys, () => readMergeWrite(client, writes, gates))
}

export function writesMaps({ plan }: Message): boolean {
  return plan.mapWrites.length > 0
}

async function readMergeWrite(client: KameleoonClient, writes: Write[], gates: Gates): Promise<void> {
  const { closedBy } = gates.writing
  if (closedBy) return writes.forEach(({ message }) => message.fail(closedBy))
  const kept = [...new Set(writes.filter(({ keepsExisting }) => keepsExisting).map(({ key }) => key))]
  const { maps, failures } = await readStored(client, kept, gates.reading)
  const readable = writes.filter(({ key, message }) => {
    const failure = failures.get(key)
    if (failure) message.fail(failure)
    return !failure
  })
  for (const part of requestsOf(readable, maps)) await send(client, part, maps, gates.writing)
}

async function send(client: KameleoonClient, writes: Write[], maps: Map<string, StoredMap>, gate: Gate): Promise<void> {
  let size = 0
  await sendHalving(writes, gate, {
    send: async (part) => {
      const merged = merge(part, maps)
      const body = JSON.stringify(Object.fromEntries(merged))
      size = Buffer.byteLength(body)
      if (size > MAX_MAPS_BYTES) throw new ResponseError('POST /map/maps', 413, '')
      const reply = await writeMaps(client, body, part[0].ttlHours)
      for (const [key, fields] of merged) maps.set(key, fields)
      return reply
    },
    delivered: (part, reply) => {
      const answers = answersIn(reply)
      for (const write of part) {
        write.message.answered(answers)
        write.message.stored(write.key, write.fields)
        rememberLink(client, write)
      }
    },
    failed: (part, failure, error) => {
      const isTooLarge = error instanceof ResponseError && error.status === 413
      for (const write of part) {
        write.message.fail(isTooLarge ? payloadFailure(tooLarge(write, size, error)) : failure)
      }
    }
  })
}

/**
 * Later writes win field by field; a write that replaces drops what was stored before the batch. Fields to remove stay in
 * the map as `null`, which counts as absent.
 */
function merge(writes: Write[], maps: Map<string, StoredMap>): Map<string, StoredMap> {
  const replaced = new Set(writes.filter(({ keepsExisting }) => !keepsExisting).map(({ key }) => key))
  const merged = new Map<string, StoredMap>()
  for (const { key, fields } of writes) {
    const map = merged.get(key) ?? (replaced.has(key) ? {} : { ...maps.get(key) })
    merged.set(key, Object.assign(map, fields))
  }
  return merged
}

/** All writes in the order of their events, so that the last one to a field wins. */
function writesInTimeOrder(messages: Message[]): Write[] {
  return messages
    .sort((one, other) => one.time - other.time)
    .flatMap((message) =>
      message.plan.mapWrites.map((write) => ({
        ...write,
        message,
        bytes: Buffer.byteLength(JSON.stringify(write.fields))
      }))
    )
}

/**
 * Divides writes into requests that stay below the limit even if nothing in them overlaps, each with one time to live.
 * The order matters only within a key, so the writes of a key go together, and live as long as the last of them says.
 */
function requestsOf(writes: Write[], maps: Map<string, StoredMap>): Write[][] {
  const requests: Write[][] = []
  for (const sameTtl of byTtl(writes)) {
    let bytes = Infinity
    let keys = new Set<string>()
    for (const write of sameTtl) {
      bytes += growth(write, keys, maps)
      if (bytes > MAX_MAPS_BYTES) {
        requests.push([])
        keys = new Set()
        bytes = BRACES + growth(write, keys, maps)
      }
      keys.add(write.key)
      requests[requests.length - 1].push(write)
    }
  }
  return requests
}

function byTtl(writes: Write[]): Iterable<Write[]> {
  const byKey = groupBy(writes, ({ key }) => key)
  const lists = [...byKey.values()].map((list) => {
    const { ttlHours } = list[list.length - 1]
    return list.map((write) => ({ ...write, ttlHours }))
  })
  return groupBy(lists.flat(), ({ ttlHours }) => ttlHours).values()
}

function groupBy<Item, Key>(items: Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}

const BRACES = 2
const COLON_AND_COMMA = 2

function growth({ key, bytes }: Write, keys: Set<string>, maps: Map<string, StoredMap>): number {
  if (keys.has(key)) return bytes
  return bytes + Buffer.byteLength(JSON.stringify(key)) + COLON_AND_COMMA + bytesOf(maps.get(key))
}

function bytesOf(map: StoredMap | undefined): number {
  return map === undefined ? 0 : Buffer.byteLength(JSON.stringify(map))
}

/** Later events of this process find a link at once, not when an earlier lookup has expired. */
function rememberLink(client: KameleoonClient, { key, fields }: Write): void {
  const visitorCode = fields[LINK_FIELD]
  if (key.startsWith(KEY_PREFIXES.link) && typeof visitorCode === 'string') {
    projectOf(client.connection).links.set(key, { visitorCode })
  }
}

function tooLarge({ key, fields }: Write, bytes: number, { message }: ResponseError): string {
  const prefix = `${key.split('_')[0]}_`
  const largest = largestOf(fields)
  const answer = message.replace(/\.$/, '')
  const need = `traits need ${bytes} bytes together with what is stored under ${prefix} (the largest is ${largest})`
  return bytes > MAX_MAPS_BYTES
    ? `${need}; at most ${MAX_MAPS_BYTES} bytes of stored data fit into one request to Kameleoon.`
    : `${need}, which Kameleoon rejected as too large though its limit is ${MAX_MAPS_BYTES}: ${answer}.`
}

function largestOf(fields: StoredMap): string {
  const sizes = Object.entries(fields).map(([name, value]) => ({ name, size: JSON.stringify(value)?.length ?? 0 }))
  const largest = sizes.reduce((one, other) => (other.size > one.size ? other : one), { name: '', size: -1 })
  return cut(largest.name, 80)
}
