import { comparable } from '../kameleoon-api/goal-memory'
import type { GoalNames } from '../kameleoon-api/goal-memory'
import { MAX_NEW_GOAL_NAME_LENGTH } from '../kameleoon-api/limits'
import { isPlaceholder } from '../placeholder'

/**
 * The name of an event as goals are looked for by it: without spaces at its ends, accents composed.
 * @returns undefined if it is blank
 */
export function goalNameIn(eventName: string): string | undefined {
  const name = comparable(eventName)
  // A name of invisible characters alone is a name, though an odd one.
  return name || eventName.trim() || undefined
}

/** The names that Kameleoon's Segment integration gives to goals. */
const OF_INTEGRATION = /^SegmentIO \w+ - ./

/** Names under which the goal of an event may exist, best first, and the name with which it is created. */
export function goalNames(eventType: string, name: string): GoalNames {
  // Tools that take the names of events from Kameleoon send the name of a goal as the name of an event.
  if (OF_INTEGRATION.test(name)) return { existing: [name], created: name }
  const created = segmentGoalName(eventType, name)
  return { existing: [name, created, formerGoalName(name)], created }
}

/** The name that Kameleoon's Segment integration gives a goal. https://docs.kameleoon.com/user-manual/integrations/as-a-destination/cdp/segment/setting-up-segment */
function segmentGoalName(eventType: string, eventName: string): string {
  return `SegmentIO ${eventType} - ${eventName}`
}

/** The name on an older help page of Kameleoon. Such a goal is found, but never created. https://help.kameleoon.com/setting-up-segment-destination-actions/ */
function formerGoalName(eventName: string): string {
  return `Segment.io – ${eventName}`
}

/**
 * Names that a program made: each event would have a goal of its own, and none would be of use to anyone. The first that
 * fits counts. Characters that nobody sees would make a second goal beside one that looks the same; joiners (U+200C, U+200D)
 * belong to emoji and to several scripts.
 */
const MADE_BY_PROGRAMS: ReadonlyArray<[RegExp, string]> = [
  [/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/, 'has control characters'],
  [/[\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]|^[\u200c\u200d]+$/, 'has invisible characters'],
  [/[^\s@]+@[^\s@]+\.[^\s@]+/, 'has an e-mail address'],
  [/\b[a-z][a-z0-9+.-]*:\/\/|^www\.|^\/\//i, 'is an address'],
  [/\?[^\s?=&]+=/, 'has the query of an address'],
  [/\{\{.*\}\}|\$\{.*\}|<%.*%>|%%\w+%%/, 'has a template that was not filled in'],
  [/\[object \w+\]|\bundefined\b/, 'has a value that was not filled in'],
  [/<\/?[a-z][^>]*>/i, 'has HTML'],
  [/^[[{].*[\]}]$/, 'is data'],
  [/\b[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}\b|\b[0-9a-f]{24,}\b/i, 'has an id'],
  [/\b\d{4}-\d\d-\d\dT\d\d:?\d\d/, 'has a time']
]

/** A placeholder for an id, but a usual name for an event that someone tries. */
const USUAL = 'test'

/**
 * Why no goal is created for a name, as the end of a sentence about it; undefined if one may be.
 * @param name as `goalNameIn` returns it
 */
export function whyNotCreated(name: string): string | undefined {
  if (name.length > MAX_NEW_GOAL_NAME_LENGTH) {
    return `has ${name.length} characters, more than ${MAX_NEW_GOAL_NAME_LENGTH}`
  }
  if (name.toLowerCase() !== USUAL && isPlaceholder(name)) return 'is a placeholder'
  return MADE_BY_PROGRAMS.find(([pattern]) => pattern.test(name))?.[1]
}
