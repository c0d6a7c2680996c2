import { whyNotCreated, type Goal } from '../../../../destinations/kameleoon'
import { counted, shortened } from '../../../text'
import { warning, type Line } from '../line'

/** So many names that differ in their numbers alone are hardly written by a person. */
const SMALLEST_FAMILY = 10

const SUBJECT = 'generated goal names'
const WAY_OUT =
  'Set Goal Matching (goalMatching) of the mapping to "match only", or send static event names. Archive the goals in Kameleoon that nobody needs.'

/** Goals that a program seems to have made, one for each product, page or person. */
export function generatedNameLines(goals: readonly Goal[]): Line[] {
  const live = goals.filter(({ state }) => state !== 'archived')
  return [...oddLines(live), ...familyLines(live)]
}

function oddLines(goals: readonly Goal[]): Line[] {
  const odd = goals.flatMap(({ id, name }) => {
    const why = whyNotCreated(eventNameIn(name))
    return why === undefined ? [] : [{ id, why }]
  })
  if (odd.length === 0) return []
  const [{ id, why }] = odd
  // The name is not shown: it may be personal data.
  const first =
    odd.length === 1 ? `The name of goal ${id}` : `The names of ${odd.length} goals look generated; that of goal ${id}`
  return [warning(SUBJECT, `${first} ${why}.`, WAY_OUT)]
}

function familyLines(goals: readonly Goal[]): Line[] {
  const sizes = new Map<string, number>()
  for (const { name } of goals) {
    if (!/\d/.test(name)) continue
    const family = name.replace(/\d+/g, '#')
    sizes.set(family, (sizes.get(family) ?? 0) + 1)
  }
  return [...sizes]
    .filter(([, size]) => size >= SMALLEST_FAMILY)
    .map(([family, size]) =>
      warning(
        SUBJECT,
        `${counted(size, 'goal')} are named "${shortened(family, 60)}", each with other numbers.`,
        WAY_OUT
      )
    )
}

/** Without what the destination puts before the name of an event. */
function eventNameIn(goalName: string): string {
  return goalName.replace(/^(SegmentIO \w+ - |Segment\.io – )/, '').trim()
}
