import { crc32 } from 'zlib'
import type { SegmentEvent } from '@segment/actions-core'
import { visitorCodeIn } from './stored-data-use'
import { textOf } from './values'

/**
 * The partition of an event, from 0: events of one person share one. The person is the user id, else the visitor code,
 * else the anonymous id. By visitor code alone two devices of a user would be apart, although both write the map of that
 * user.
 */
export function partitionOf(event: SegmentEvent, partitions: number): number {
  if (partitions === 1) return 0
  const identity = textOf(event.userId) || visitorCodeIn(event) || textOf(event.anonymousId) || ''
  return crc32(identity.trim()) % partitions
}
