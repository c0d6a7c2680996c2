import type { HttpReply, KameleoonClient } from '../kameleoon-api/http'
import { present, writeMaps } from '../kameleoon-api/data-api'
import type { StoredMap } from '../kameleoon-api/data-api'
import { ResponseError } from '../kameleoon-api/errors'
import { MAX_MAPS_BYTES, packed } from '../kameleoon-api/limits'
import { locked } from '../kameleoon-api/locks'
import { projectOf } from '../kameleoon-api/project'
import type { MapWrite } from '../plan/plan'
import { linkIn } from '../plan/stored-maps'
import { cut, isRecord } from '../values'
import { failureOf, payloadFailure } from './failure'
import { HalvingSender } from './halving'
import type { Stops } from './halving'
import { readStored } from './look-ups'
import type { Message } from './outcome'
import { answersIn } from './outcome'

/** What one message writes under one key. */
interface Write extends MapWrite {
  message: Message
  /** Bytes of the encoded fields. */
  bytes: number
}

/**
 * Writes the stored data of all messages. Kameleoon's pages disagree on whether a write merges fields or replaces the map.
 * Reading, merging and writing the whole map is right in both cases.
 */
export async function deliverMaps(client: KameleoonClient, messages: Message[], stops: Stops): Promise<void> {
  const writing = messages.filter(writesMaps)
  const writes = writesInTimeOrder(writing)
  const keys = [...new Set(writes.map(({ key }) => key))]
  try {
    await locked(client, keys, () => readMergeWrite(client, writes, stops))
  } catch (error) {
    const failure = failureOf(error)
    for (const message of writing) message.fail(failure)
  }
}

export function writesMaps({ plan }: Message): boolean {
  return plan.mapWrites.length > 0
}

async function readMergeWrite(client: KameleoonClient, writes: Write[], stops: Stops): Promise<void> {
  const { reason } = stops.writing
  if (reason) return writes.forEach(({ message }) => message.fail(reason))
  const kept = [...new Set(writes.filter(({ keepsExisting }) => keepsExisting).map(({ key }) => key))]
  const { maps, failures } = await readStored(client, kept, stops)
  const readable = writes.filter(({ key, message }) => {
    const failure = failures.get(key)
    if (failure) message.fail(failure)
    return !failure
  })
  const sender = mapSender(client, maps, stops)
  await sender.sendAll(requestsOf(readable, maps))
}

/** @param maps what is stored under the keys; kept up to date with what is written */
function mapSender(
  client: KameleoonClient,
  maps: Map<string, StoredMap>,
  stops: Stops
): HalvingSender<Write, HttpReply> {
  let size = 0
  return new HalvingSender<Write, HttpReply>(stops, stops.writing, {
    send: async (part) => {
      const merged = merge(part, maps)
      const body = bodyOf(merged)
      size = Buffer.byteLength(body)
      if (size > MAX_MAPS_BYTES) throw new ResponseError('POST /map/maps', 413, '')
      const reply = await writeMaps(client, body, part[0].ttlHours)
      const cleaned = withoutRemoved(merged)
      if (cleaned.length > 0) {
        stops.requests++
        await writeMaps(client, bodyOf(cleaned), part[0].ttlHours)
      }
      for (const [key, fields] of [...merged, ...cleaned]) maps.set(key, fields)
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

function bodyOf(maps: Iterable<[string, StoredMap]>): string {
  return JSON.stringify(Object.fromEntries(maps))
}

/**
 * The maps with removed fields, without those fields. Where Kameleoon merges, only the `null` in the first write removes a
 * field; where it replaces, the `null` would stay, and readers that loop over the names of fields would still see it.
 */
function withoutRemoved(maps: Map<string, StoredMap>): Array<[string, StoredMap]> {
  return [...maps]
    .filter(([, fields]) => Object.values(fields).includes(null))
    .map(([key, fields]) => [key, present(fields)])
}

/**
 * Later writes win field by field; a write that replaces drops what was stored before the batch. Fields to remove are
 * `null` in the map.
 */
function merge(writes: Write[], maps: Map<string, StoredMap>): Map<string, StoredMap> {
  const replaced = new Set(writes.filter(({ keepsExisting }) => !keepsExisting).map(({ key }) => key))
  const merged = new Map<string, StoredMap>()
  for (const write of writes) {
    const { key, fields } = write
    const map = merged.get(key) ?? (replaced.has(key) ? {} : { ...maps.get(key) })
    const group = groupAfter(map, write)
    merged.set(key, Object.assign(map, fields, group && { group }))
  }
  return merged
}

/** The traits of a group after a write of it, without those that are `null`; undefined if the write has no group. */
function groupAfter(map: StoredMap, { fields, addsToGroup }: MapWrite): StoredMap | undefined {
  if (!addsToGroup || !isRecord(fields.group)) return undefined
  const stored = map.groupId === fields.groupId && isRecord(map.group) ? map.group : {}
  return present({ ...stored, ...fields.group })
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
 * Divides writes into requests that stay below the limit even if no two writes share a field. Each request has one time to live.
 * Order matters only within a key, so the writes of a key stay together, with the time to live of the last of them.
 */
function requestsOf(writes: Write[], maps: Map<string, StoredMap>): Write[][] {
  return byTtl(writes).flatMap((sameTtl) =>
    packed(sameTtl, [{ most: MAX_MAPS_BYTES - BRACES, sizeOf: (write, part) => growth(write, part, maps) }])
  )
}

function byTtl(writes: Write[]): Write[][] {
  const byKey = groupBy(writes, ({ key }) => key)
  const lists = [...byKey.values()].map((list) => {
    const { ttlHours } = list[list.length - 1]
    return list.map((write) => ({ ...write, ttlHours }))
  })
  return [...groupBy(lists.flat(), ({ ttlHours }) => ttlHours).values()]
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

/** Bytes that a write adds to a body. The writes of a key follow each other, so only the last of the part can share its key. */
function growth({ key, bytes }: Write, part: readonly Write[], maps: Map<string, StoredMap>): number {
  if (part.length > 0 && part[part.length - 1].key === key) return bytes
  return bytes + Buffer.byteLength(JSON.stringify(key)) + COLON_AND_COMMA + bytesOf(maps.get(key))
}

function bytesOf(map: StoredMap | undefined): number {
  return map === undefined ? 0 : Buffer.byteLength(JSON.stringify(map))
}

/** Later events of this process find a link at once, not only when an earlier look-up has expired. */
function rememberLink(client: KameleoonClient, write: Write): void {
  const visitorCode = linkIn(write)
  if (visitorCode !== undefined) {
    projectOf(client.connection).links.set(write.key, { visitorCode, lookedUpAt: Date.now() })
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
