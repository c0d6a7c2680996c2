import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
// Not through the index of the host: that needs Node, which the page does not have.
import { queryFault } from '../../../../segment-host/query-problem'
import type { Problem } from '../../../contract'
// Not through the index of the contract: the page needs no schemas.
import { FILTER_TOO_LONG, filterFaultInWords, MOST_FILTER_CHARACTERS } from '../../../contract/filter-words'
import { request } from '../../api/request'
import { jsonProblem } from '../../parts/json'
import { type MappingDraft, savedForm } from './drafts'

export interface Problems {
  known: Problem[]
  /** The error of the check itself, for example when the workbench does not respond. */
  error: unknown
}

/** The problems of a draft. The filter is checked at once, the fields shortly after the user has typed. */
export function useProblems(draft: MappingDraft): Problems {
  const [typed] = useDebouncedValue(JSON.stringify(savedForm(draft)), 250)
  const answer = useQuery({
    queryKey: ['problems', typed],
    queryFn: () => request<{ problems: Problem[] }>('POST', 'subscriptions/check', JSON.parse(typed)),
    placeholderData: (previous) => previous,
    gcTime: 0
  })
  const ofFilter = useMemo(() => filterProblems(draft.subscribe), [draft.subscribe])
  const ofTexts = useMemo(() => textProblems(draft.texts), [draft.texts])
  const known = useMemo(() => {
    const ofFields = (answer.data?.problems ?? []).filter(({ field }) => field !== 'subscribe')
    return [...ofFilter, ...ofTexts, ...ofFields]
  }, [answer.data, ofFilter, ofTexts])
  return { known, error: answer.error }
}

function filterProblems(filter: string): Problem[] {
  if (filter.length > MOST_FILTER_CHARACTERS) return [{ field: 'subscribe', message: FILTER_TOO_LONG }]
  const fault = queryFault(filter)
  return fault ? [{ field: 'subscribe', message: filterFaultInWords(filter, fault) }] : []
}

/** Fields with invalid JSON. Their text is never sent to the workbench, so the page checks it. */
function textProblems(texts: MappingDraft['texts']): Problem[] {
  return Object.entries(texts)
    .filter(([, text]) => text.trim() !== '' && jsonProblem(text) !== null)
    .map(([key]) => ({ field: `mapping.${key}`, message: 'This is not valid JSON.' }))
}
