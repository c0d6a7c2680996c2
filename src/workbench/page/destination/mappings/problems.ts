import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import type { Problem } from '../../../contract'
import { request } from '../../api/request'
import { jsonProblem } from '../../parts/json'
import { type MappingDraft, savedForm } from './drafts'

export interface Problems {
  known: Problem[]
  /** The error of the check itself, for example when the workbench does not respond. */
  error: unknown
}

/** The problems of a draft, checked while the user types. */
export function useProblems(draft: MappingDraft): Problems {
  const [typed] = useDebouncedValue(JSON.stringify(savedForm(draft)), 250)
  const answer = useQuery({
    queryKey: ['problems', typed],
    queryFn: () => request<{ problems: Problem[] }>('POST', 'subscriptions/check', JSON.parse(typed)),
    placeholderData: (previous) => previous,
    gcTime: 0
  })
  return { known: [...textProblems(draft), ...(answer.data?.problems ?? [])], error: answer.error }
}

/** Fields with invalid JSON. Their text is never sent to the workbench, so the page checks it. */
function textProblems({ texts }: MappingDraft): Problem[] {
  return Object.entries(texts)
    .filter(([, text]) => text.trim() !== '' && jsonProblem(text) !== null)
    .map(([key]) => ({ field: `mapping.${key}`, message: 'This is not valid JSON.' }))
}
