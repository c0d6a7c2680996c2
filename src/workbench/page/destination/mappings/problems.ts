import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import type { Problem } from '../../../contract'
import { request } from '../../api/request'
import { jsonProblem } from '../../parts/json'
import { type MappingDraft, savedForm } from './drafts'

export interface Problems {
  known: Problem[]
  /** Why the draft could not be checked. */
  error: unknown
}

/** What speaks against a draft, as it is typed. */
export function useProblems(draft: MappingDraft): Problems {
  const [typed] = useDebouncedValue(JSON.stringify(savedForm(draft)), 250)
  const answer = useQuery({
    queryKey: ['problems', typed],
    queryFn: () => request<{ problems: Problem[] }>('POST', 'subscriptions/check', JSON.parse(typed)),
    placeholderData: (former) => former,
    gcTime: 0
  })
  return { known: [...textProblems(draft), ...(answer.data?.problems ?? [])], error: answer.error }
}

/** Only the page knows of JSON that is not JSON yet. */
function textProblems({ texts }: MappingDraft): Problem[] {
  return Object.entries(texts)
    .filter(([, text]) => text.trim() !== '' && jsonProblem(text) !== null)
    .map(([key]) => ({ field: `mapping.${key}`, message: 'This is not JSON yet.' }))
}
