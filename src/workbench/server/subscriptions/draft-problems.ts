import { hasOwn, queryFault, subscriptionProblems } from '../../../segment-host'
import { FILTER_TOO_LONG, filterFaultInWords, MOST_FILTER_CHARACTERS, type Problem } from '../../contract'
import type { HostedDefinition } from '../hosted'
import type { SubscriptionDraft } from './saved-subscription'

/** Everything that is wrong with a mapping, by field, in words for a page that shows each at its field. */
export function draftProblems(draft: SubscriptionDraft, definition: HostedDefinition): Problem[] {
  // The filter is checked apart: reading a very long one takes seconds.
  const others = subscriptionProblems({ ...draft, subscribe: ANY_FILTER }, definition)
  return [...filterProblems(draft.subscribe), ...others.map((problem) => inWords(problem, draft, definition))]
}

const ANY_FILTER = 'type = "track"'

/** The problem of a filter as a list of at most one. */
export function filterProblems(filter: string): Problem[] {
  if (filter.length > MOST_FILTER_CHARACTERS) return [{ field: 'subscribe', message: FILTER_TOO_LONG }]
  const fault = queryFault(filter)
  return fault ? [{ field: 'subscribe', message: filterFaultInWords(filter, fault) }] : []
}

function inWords({ field, message }: Problem, draft: SubscriptionDraft, { actions }: HostedDefinition): Problem {
  const { partnerAction, mapping } = draft
  const key = /^mapping\.(.*)$/s.exec(field)?.[1]
  if (key === undefined || !hasOwn(actions, partnerAction)) return { field, message }
  const { title, fields } = actions[partnerAction]
  if (!hasOwn(fields, key)) return { field, message: `${title} has no field "${key}". Remove it.` }
  if (isEmpty(mapping[key]))
    return { field, message: `${fields[key].label} must be filled in: no event is sent without it.` }
  return { field, message: `${fields[key].label} cannot be read: ${message.replace(/^"mapping" is not valid: /, '')}` }
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}
