import { factMatches, queryHolds, type EventQuery, type EventTerm } from '../../contract/event-query'
import { keptOf } from './kept'
import type { LiveEvent } from './live-event'

/** A function that tells whether an event of the log matches a query. */
export function eventMatcher(query: EventQuery): (event: LiveEvent) => boolean {
  const holding = new Map(query.terms.map((term) => [term, holdsFor(term)]))
  return (event) => queryHolds(query, (term) => holding.get(term)?.(event) ?? false)
}

function holdsFor(term: EventTerm): (event: LiveEvent) => boolean {
  switch (term.kind) {
    case 'status':
      if (term.value === 'kept' || term.value === 'duplicate') return (event) => keptOf(event) === term.value
      return (event) => factMatches(term, event.facts()) ?? false
    case 'goal':
      return ({ parts }) => parts.some(({ goalId, goalName }) => isGoal(term.value, goalId, goalName))
    case 'mapping':
      return ({ traces }) => traces.some(({ matched, subscription }) => matched && subscription.id === term.value)
    case 'text':
      return containing(term.value)
    case 'type':
    case 'visitor':
    case 'after':
    case 'before':
      return (event) => factMatches(term, event.facts()) ?? false
  }
}

function isGoal(wanted: string, goalId: number | null, goalName: string | null): boolean {
  return wanted === String(goalId) || wanted.toLowerCase() === goalName?.toLowerCase()
}

/** The text as it is, or as it is written within the event's JSON. */
function containing(text: string): (event: LiveEvent) => boolean {
  const written = JSON.stringify(text).slice(1, -1)
  if (written === text) return ({ searched }) => searched.some((part) => part.includes(text))
  return ({ searched }) => searched.some((part) => part.includes(text) || part.includes(written))
}
