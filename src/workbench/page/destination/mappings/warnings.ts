import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import type { Action, Problem } from '../../../contract'
import { request } from '../../api/request'
import { type MappingDraft, savedForm } from './drafts'

/** The members of a mapping that do not matter here. */
const EMPTY = { name: 'Draft', subscribe: 'type = "track"', enabled: true }

/** Goals and custom data that the project does not have. Kameleoon is asked again when one of these fields changes. */
export function useWarnings(draft: MappingDraft, action: Action | undefined): Problem[] {
  const { mapping, partnerAction } = savedForm(draft)
  const keys = (action?.fields ?? []).filter(({ dynamic }) => dynamic).map(({ key }) => key)
  const isFilled = keys.some((key) => mapping[key] !== undefined)
  const asked = { ...EMPTY, partnerAction, mapping: Object.fromEntries(keys.map((key) => [key, mapping[key]])) }
  const [typed] = useDebouncedValue(JSON.stringify(asked), 600)
  const { data } = useQuery({
    queryKey: ['mapping-warnings', typed],
    queryFn: () => request<{ problems: Problem[] }>('POST', 'subscriptions/warnings', JSON.parse(typed)),
    enabled: isFilled,
    gcTime: 0
  })
  return isFilled ? (data?.problems ?? []) : []
}
