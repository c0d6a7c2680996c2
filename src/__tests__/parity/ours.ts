import type { SegmentEvent } from '@segment/actions-core'
import { forgetProjects } from '../../destinations/kameleoon/api/project'
import type { Kameleoon } from '../kameleoon'
import type { Verdict } from './official'

type Fields = Record<string, unknown>

/** Everything that Kameleoon learned from one event, taken from the requests themselves. */
export interface Told {
  visitEvents: Fields[]
  maps: Record<string, Fields>
  /** Names of the goals that were converted. */
  goals: string[]
}

/** What our destination does with one event, alone, under its presets and from empty, and what Kameleoon then knows. */
export async function ours(
  kameleoon: Kameleoon,
  event: SegmentEvent
): Promise<{ verdict: Verdict; told: Told; words: string }> {
  kameleoon.reset()
  forgetProjects()
  const told: Told = { visitEvents: [], maps: {}, goals: [] }
  if (event.type === 'alias') return { verdict: 'ignores', told, words: 'no preset takes it' }
  const { status, errormessage, body } = await kameleoon.single(event)
  const skipped = (body as { skipped?: string } | undefined)?.skipped
  if (status >= 300) return { verdict: 'refuses', told, words: errormessage ?? '' }
  if (skipped !== undefined) return { verdict: 'skips', told, words: skipped }
  return { verdict: 'accepts', told: toldTo(kameleoon), words: '' }
}

function toldTo(kameleoon: Kameleoon): Told {
  const visitEvents = kameleoon.visitEvents()
  const names = new Map(kameleoon.emulator.goals.map(({ id, name }) => [id, name]))
  const goals = visitEvents.flatMap(({ goalId }) => names.get(goalId as number) ?? [])
  const maps: Told['maps'] = {}
  for (const { body } of kameleoon.requests('/map/maps')) Object.assign(maps, JSON.parse(body))
  return { visitEvents, maps, goals }
}
