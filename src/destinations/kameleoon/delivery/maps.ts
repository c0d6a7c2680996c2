import type { KameleoonClient } from '../api/client'
import { ResponseError } from '../api/errors'
import { MAX_MAPS_BYTES } from '../api/limits'
import { writeMaps } from '../api/maps'
import type { StoredMap } from '../api/maps'
import { projectOf } from '../api/project'
import { KEY_PREFIXES } from '../telling/stored-keys'
import type { MapWrite } from '../telling/telling'
import { LINK_FIELD } from '../telling/links'
import { payloadFailure } from './failure'
import { sendHalving } from './halving'
import type { Gate } from './halving'
import { replied } from './message'
import type { Message } from './message'
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
export async function deliverMaps(client: KameleoonClient, messages: Message[], gate: Gate): Promise<void> {
  const writes = writesInTimeOrder(messages)
  if (writes.length === 0) return
  const keys = [...new Set(writes.map(({ key }) => key))]
  await projectOf(client.connection).mapLocks.run(keys, () => readMergeWrite(client, writes, gate))
}

async function readMergeWrite(client: KameleoonClient, writes: Write[], gate: Gate): Promise<void> {
  const kept = [...new Set(writes.filter(({ keepsExisting }) => keepsExisting).map(({ key }) => key))]
  const { maps, failures } = await readStored(client, kept, gate)
  const readable = writes.filter(({ key, message }) => {
    const failure = failures.get(key)
    if (failure) message.failures.push(failure)
    return !failure
  })
  for (const part of requestsOf(readable, maps)) await send(client, part, maps, gate)
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
    delivered: (write, reply) => {
      replied(write.message, reply)
      write.message.sentMaps[write.key] = write.fields
      rememberLink(client, write)
    },
    failed: ({ message, key }, failure, error) => {
      const isTooLarge = error instanceof ResponseError && error.status === 413
      message.failures.push(isTooLarge ? tooLarge(key, size) : failure)
    }
  })
}

/** Later writes win field by field. Fields to remove stay in the map as `null`, which counts as absent. */
function merge(writes: Write[], maps: Map<string, StoredMap>): Map<string, StoredMap> {
  const merged = new Map<string, StoredMap>()
  for (const { key, fields } of writes) {
    merged.set(key, { ...(merged.get(key) ?? maps.get(key)), ...fields })
  }
  return merged
}

function writesInTimeOrder(messages: Message[]): Write[] {
  return messages
    .filter(({ telling }) => telling.mapWrites.length > 0)
    .sort((one, other) => one.time - other.time)
    .flatMap((message) =>
      message.telling.mapWrites.map((write) => ({
        ...write,
        message,
        bytes: Buffer.byteLength(JSON.stringify(write.fields))
      }))
    )
}

/** Divides writes so that each request stays below the limit even if nothing in it overlaps, and has one time to live. */
function requestsOf(writes: Write[], maps: Map<string, StoredMap>): Write[][] {
  const requests: Write[][] = []
  let bytes = Infinity
  let keys = new Set<string>()
  for (const write of writes) {
    bytes += growth(write, keys, maps)
    if (bytes > MAX_MAPS_BYTES || requests[requests.length - 1][0].ttlHours !== write.ttlHours) {
      requests.push([])
      keys = new Set()
      bytes = BRACES + growth(write, keys, maps)
    }
    keys.add(write.key)
    requests[requests.length - 1].push(write)
  }
  return requests
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

function tooLarge(key: string, bytes: number) {
  return payloadFailure(
    `traits need ${bytes} bytes together with what is stored under ${key.split('_')[0]}_; at most ${MAX_MAPS_BYTES} bytes of stored data fit into one request to Kameleoon.`
  )
}
