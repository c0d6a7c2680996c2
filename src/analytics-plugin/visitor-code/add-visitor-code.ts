import type { Call } from '../call'
import { visitorCode } from './visitor-code'

// Today's name and the classic destination's. The destination looks for both in these places.
const NAMES = ['kameleoonVisitorCode', 'k_visitorCode']

/**
 * Adds the visitor code to a call's properties or traits, unless the page has put one into the call itself.
 * The object the page passed is copied, not changed.
 */
export function addVisitorCode({ event }: Call, place: 'properties' | 'traits'): void {
  if ([event.properties, event.traits, event.context?.traits].some(hasCode)) return
  const code = visitorCode()
  if (code !== undefined) event[place] = { ...event[place], kameleoonVisitorCode: code }
}

/** Blank counts as absent, as it does in the destination. */
function hasCode(values: object | null | undefined): boolean {
  return Object.entries(values ?? {}).some(([name, value]) => NAMES.includes(name) && String(value ?? '').trim() !== '')
}
