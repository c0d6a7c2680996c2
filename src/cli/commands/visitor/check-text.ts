import type { CheckState, ShownEvent, VisitorCheck } from '../../../visitor-check'
import type { Colours } from '../../context'
import { counted, fitted, plainText, tableText, wrapped } from '../../text'

/** What each state is called, in the order of the summary. */
const STATES: Record<CheckState, { label: string; colour: keyof Colours & ('green' | 'red' | 'yellow' | 'dim') }> = {
  kept: { label: 'sent and kept', colour: 'green' },
  'not-found': { label: 'sent, not found', colour: 'red' },
  'not-sent': { label: 'not sent by us', colour: 'yellow' },
  found: { label: 'found', colour: 'green' },
  'not-known': { label: 'not known', colour: 'dim' }
}

/** Columns that everything beside the description of an event takes. */
const OTHER_COLUMNS = 68
const LEAST_COLUMNS = 12

/** The result as a table, with a summary above it and the reasons below it. */
export function checkText(check: VisitorCheck, target: string, colours: Colours, width: number): string {
  const title = `${colours.bold(`Visitor ${plainText(check.visitorCode)}`)} in ${target}`
  const parts = [
    `${title}\n${visitsText(check, colours)}`,
    check.events.length === 0 ? '' : eventsTable(check.events, colours, width),
    summaryText(check, colours),
    notesText(check.events, width)
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

function visitsText({ problem, visits }: VisitorCheck, colours: Colours): string {
  if (problem !== null) return colours.red(plainText(problem))
  if (visits.length === 0) return colours.yellow('Kameleoon knows nothing about it.')
  const [{ isCurrent, startedAt, lastEventAt }] = visits
  const last = `the ${isCurrent ? 'current' : 'last'} one from ${timeText(startedAt)} to ${timeText(lastEventAt)}`
  return `${counted(visits.length, 'visit')}, ${last} (UTC)`
}

/** Without anything to compare with, every event has the same state, which is left out. */
function eventsTable(events: readonly ShownEvent[], colours: Colours, width: number): string {
  const room = Math.max(width - OTHER_COLUMNS, LEAST_COLUMNS)
  const rows = events.map(({ state, eventType, what, foundAt, sentAt }) => [
    colours[STATES[state].colour](STATES[state].label),
    eventType,
    fitted(plainText(what), room),
    timeText(foundAt ?? sentAt)
  ])
  const first = events.every(({ state }) => state === 'found') ? 1 : 0
  const shown = [['State', 'Event', 'What', 'Time (UTC)'].map(colours.bold), ...rows].map((row) => row.slice(first))
  return tableText(shown[0], shown.slice(1), [])
}

function summaryText({ counts }: VisitorCheck, colours: Colours): string {
  const states = (Object.keys(STATES) as CheckState[]).filter((state) => counts[state] > 0)
  return states.map((state) => colours[STATES[state].colour](`${counts[state]} ${STATES[state].label}`)).join(', ')
}

/** Why something was not found, and which fields were kept with another value; each once. */
function notesText(events: readonly ShownEvent[], width: number): string {
  const notes = events.flatMap(({ what, reason, differences }) => [
    ...(reason === null ? [] : [`${plainText(what)}: ${plainText(reason)}`]),
    ...(differences.length === 0 ? [] : [`${plainText(what)}: kept with another ${differences.join(', ')}.`])
  ])
  return [...new Set(notes)].map((note) => wrapped('  ', note, width)).join('\n')
}

function timeText(time: string | null): string {
  return time === null ? '' : time.slice(0, 19).replace('T', ' ')
}
