import type { SegmentEvent } from '@segment/actions-core'
import { forgetProjects } from '../../destinations/kameleoon/kameleoon-api/project'
import type { Kameleoon } from '../kameleoon'
import type { ResultBadge } from './official'

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
): Promise<{ kind: ResultBadge; told: Told; words: string }> {
  kameleoon.reset()
  forgetProjects()
  const told: Told = { visitEvents: [], maps: {}, goals: [] }
  if (event.type === 'alias') return { kind: 'ignores', told, words: 'no preset takes it' }
  const { status, errormessage, body } = await kameleoon.single(event)
  const filtered = (body as { filtered?: string } | undefined)?.filtered
  if (status >= 300) return { kind: 'rejects', told, words: errormessage ?? '' }
  if (filtered !== undefined) return { kind: 'skips', told, words: filtered }
  return { kind: 'accepts', told: toldTo(kameleoon), words: '' }
}

function toldTo(kameleoon: Kameleoon): Told {
  const visitEvents = kameleoon.visitEvents()
  const names = new Map(kameleoon.emulator.goals.map(({ id, name }) => [id, name]))
  const goals = visitEvents.flatMap(({ goalId }) => names.get(goalId as number) ?? [])
  const maps: Told['maps'] = {}
  for (const { body } of kameleoon.requests('/map/maps')) Object.assign(maps, JSON.parse(body))
  return { visitEvents, maps, goals }
}
