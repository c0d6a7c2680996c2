import type { ReasonGroup } from '../../contract'

/** What to do about a reason, and where. */
export interface Advice {
  text: string
  href: string
  link: string
}

/** A reason as its first sentence, which says what is wrong, and the rest, which says what to do. */
export function splitReason(reason: string): { what: string; rest: string } {
  const end = /[.:;] (?=\p{Lu})/u.exec(reason)
  if (!end) return { what: reason, rest: '' }
  const middle = end.index + 1
  return { what: reason.slice(0, middle), rest: reason.slice(middle).trim() }
}

/**
 * Where a group of reasons can be mended; null when the reason itself says all there is to say.
 * @param hasFaults whether a fault is switched on, which explains failing requests
 */
export function adviceFor({ kind, reason, mapping }: ReasonGroup, hasFaults: boolean): Advice | null {
  if (kind === 'retrying' && hasFaults) return { text: 'A fault is switched on.', href: '/faults', link: 'Faults' }
  if (/^The settings cannot be used/.test(reason)) {
    return { text: 'Correct the settings:', href: '/destination', link: 'Destination' }
  }
  if (kind === 'filtered' && reason === 'No mapping matched') {
    return { text: 'If they should go to Kameleoon, add a mapping:', href: '/destination', link: 'Mappings' }
  }
  if (/^Segment would drop it/.test(reason)) return { text: 'Correct it in the source.', ...CONNECT }
  if (mapping === null || kind === 'filtered') return null
  const text = /goal unknown/.test(reason) ? 'Choose a goal that the project has:' : 'Mapping:'
  return { text, href: `/destination/mappings/${encodeURIComponent(mapping.id)}`, link: mapping.name }
}

const CONNECT = { href: '/about', link: 'How to send events' }
