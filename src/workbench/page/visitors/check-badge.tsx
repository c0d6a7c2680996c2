import { IconAlertTriangle, IconCheck, IconHelp, IconX } from '../parts/icons'
import type { CheckState } from '../../contract'
import { ToneBadge } from '../parts/badges'
import type { Tone } from '../parts/words'

const STATES: Record<CheckState, { label: string; tone: Tone; Icon: typeof IconCheck }> = {
  kept: { label: 'Sent and kept', tone: 'good', Icon: IconCheck },
  'not-found': { label: 'Sent, not found', tone: 'bad', Icon: IconX },
  'not-sent': { label: 'Not sent from here', tone: 'again', Icon: IconAlertTriangle },
  found: { label: 'Found', tone: 'good', Icon: IconCheck },
  'not-known': { label: 'Not known', tone: 'quiet', Icon: IconHelp }
}

// Object.keys returns plain strings; the keys of this constant are the states.
export const CHECK_STATES = Object.keys(STATES) as CheckState[]

/** Whether Kameleoon has what was sent; with a count, how many events are in this state. */
export function CheckBadge({ state, count }: { state: CheckState; count?: number }) {
  const { label, tone, Icon } = STATES[state]
  return (
    <ToneBadge tone={tone} icon={<Icon size={13} stroke={2.4} />}>
      {count === undefined ? label : `${count} ${label.toLowerCase()}`}
    </ToneBadge>
  )
}
