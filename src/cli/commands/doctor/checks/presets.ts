import type { Preset } from '@segment/actions-core'
import { comparedRegion } from '../../../../destinations/kameleoon'
import type { Facts } from '../facts'
import { ok, trouble, type Line } from '../line'

const SUBJECT = 'presets'

/** Which presets of the destination would work, as far as reading shows. */
export function presetLines(facts: Facts): Line[] {
  const byObstacle = new Map<string | undefined, string[]>()
  for (const preset of facts.presets) {
    const obstacle = obstacleTo(preset, facts)
    byObstacle.set(obstacle, [...(byObstacle.get(obstacle) ?? []), preset.name ?? preset.partnerAction])
  }
  return [...byObstacle].map(([obstacle, names]) => lineOf(names.join(', '), obstacle))
}

function lineOf(names: string, obstacle: string | undefined): Line {
  return obstacle === undefined
    ? ok(SUBJECT, `${names}: they would work, as far as reading shows.`)
    : trouble(SUBJECT, `${names}: they would not work, since ${obstacle}.`, 'Clear the trouble above.')
}

function obstacleTo(preset: Preset, facts: Facts): string | undefined {
  const { connection, client, site, stored, goals } = facts
  if (connection.kind !== 'seen') return 'the settings are not complete'
  if (client.kind !== 'seen') return 'there is no access token'
  if (site.kind !== 'seen') return 'the project was not found'
  if (isElsewhere(facts)) return 'events would go to another region'
  if (stored.kind !== 'seen') return 'the Data API does not answer'
  if (needsGoals(preset) && goals.kind !== 'seen') return 'goals cannot be read'
  return undefined
}

function isElsewhere({ connection, published }: Facts): boolean {
  if (connection.kind !== 'seen' || published.kind !== 'seen') return false
  return comparedRegion(connection.value.dataHost, published.value).kind === 'other region'
}

/** Calls about traits, groups and audiences are stored, and need no goal. */
function needsGoals(preset: Preset): boolean {
  const isAudience = preset.type === 'specificEvent' && preset.eventSlug.includes('audience')
  return !isAudience && ['logEvent', 'pageEvent'].includes(preset.partnerAction)
}
