import { useSessionStorage } from '@mantine/hooks'
import { draftKey, type MappingDraft } from './drafts'

/** The draft of a mapping, kept over a reload; null while nothing was changed. */
export function useDraft(id: string) {
  return useSessionStorage<MappingDraft | null>({
    key: draftKey(id),
    defaultValue: null,
    getInitialValueInEffect: false
  })
}
