import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import type { Kameleoon, Outcome } from './kameleoon'

type Deliver = (kameleoon: Kameleoon, event: SegmentEvent, mapping?: JSONObject) => Promise<Outcome>

const single: Deliver = (kameleoon, event, mapping) => kameleoon.single(event, mapping)

const batch: Deliver = async (kameleoon, event, mapping) => {
  const [outcome] = await kameleoon.batch([event], mapping)
  return outcome
}

/** Both ways into an action. */
export const FORMS: Array<{ form: 'single' | 'batch'; deliver: Deliver }> = [
  { form: 'single', deliver: single },
  { form: 'batch', deliver: batch }
]
