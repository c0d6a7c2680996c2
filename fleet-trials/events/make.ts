import type { SegmentEvent } from '@segment/actions-core'
import type { Random } from '../../faults/random'

/** Makes event number `index` of a person; a person has two devices. */
export type Make = (index: number, person: Person, random: Random) => Partial<SegmentEvent> | string

export interface Person {
  userId: string
  devices: readonly { anonymousId: string; kameleoonVisitorCode: string }[]
  /** A group that nobody else is in: for a group of several people one process alone has no defined order either. */
  groupId: string
}
