import type { Emulator } from '../../../emulator'
import { Suggestions } from '../../contract'
import type { ApiServer } from '../api'
import type { EventLog } from '../event-log/event-log'
import type { CurrentSettings } from '../hosted'

/** Most suggestions of each kind. */
const MOST = 100

interface SuggestionSources {
  emulator: Pick<Emulator, 'goals'>
  settings: Pick<CurrentSettings, 'target'>
  events: Pick<EventLog, 'all'>
}

/** Values for the form that sends an event. The real Kameleoon is not asked. */
export function suggestionRoutes(app: ApiServer, sources: SuggestionSources): void {
  app.get(
    '/events/suggestions',
    {
      schema: {
        summary: 'Names and visitor codes to choose from when an event is written',
        response: { 200: Suggestions }
      }
    },
    () => suggestions(sources)
  )
}

function suggestions({ emulator, settings, events }: SuggestionSources): Suggestions {
  const seen = events.all().reverse()
  const namesOf = (...types: string[]): string[] =>
    seen.flatMap(({ arrival: { type, name } }) => (name && types.includes(type) ? [name] : []))
  const goals = settings.target === 'emulator' ? emulator.goals.flatMap(({ name }) => eventOfGoal(name) ?? []) : []
  return {
    eventNames: firstOf([...goals, ...namesOf('track')]),
    pageNames: firstOf(namesOf('page', 'screen')),
    groupIds: firstOf(namesOf('group')),
    visitorCodes: firstOf(seen.flatMap(({ visitorCode }) => visitorCode ?? []))
  }
}

/** The name of the track event that a goal is named after; null for the goal of a page. */
function eventOfGoal(goal: string): string | null {
  const [, type, name] = /^SegmentIO (\w+) - (.*)$/.exec(goal) ?? []
  if (type === undefined) return goal
  return type === 'track' ? name : null
}

function firstOf(values: string[]): string[] {
  return [...new Set(values)].slice(0, MOST)
}
