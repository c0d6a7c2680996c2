import { Stack, Text, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import type { Preview } from '../../../contract'
import { request } from '../../api/request'
import { JsonView } from '../../parts/code-view'
import { Failure } from '../../parts/view'
import { WhatHappens } from '../../parts/what-happens'
import styles from '../destination.module.css'
import { type MappingDraft, savedForm } from './drafts'
import { StoredPreview } from './stored-preview'

/** What the draft would make of an event. Nothing is sent. */
export function EventPreview({ draft, event }: { draft: MappingDraft; event: object | undefined }) {
  const wanted = event === undefined ? '' : JSON.stringify({ subscription: savedForm(draft), event })
  const [asked] = useDebouncedValue(wanted, 300)
  const preview = useQuery({
    queryKey: ['preview', asked],
    queryFn: () => request<Preview>('POST', 'subscriptions/preview', JSON.parse(asked)),
    enabled: asked !== '',
    placeholderData: (previous) => previous,
    gcTime: 0
  })
  return (
    <section aria-label="What happens">
      <Stack gap="xs">
        <Title order={3}>What happens when it is sent</Title>
        <Failure error={preview.error} title="No preview" />
        {wanted !== '' && preview.data && !preview.error && <Previewed preview={preview.data} />}
      </Stack>
    </section>
  )
}

function Previewed({ preview: { matched, whyNot, payload, problems, stored, happens } }: { preview: Preview }) {
  if (problems.some(({ field }) => field === 'subscribe')) {
    return (
      <Text size="sm" c="dimmed" role="status">
        Correct the filter to see a preview.
      </Text>
    )
  }
  return (
    <>
      <Text size="sm" fw={600} c={matched ? 'var(--tone-good)' : 'var(--tone-again)'} role="status">
        {matched ? 'The filter takes this event.' : `The filter does not take this event: ${whyNot ?? ''}`}
      </Text>
      {matched && <WhatHappens happens={happens} />}
      {payload !== null && (
        <details className={styles.details}>
          <summary>Resolved payload</summary>
          <JsonView value={payload} what="the payload" height="tall" />
        </details>
      )}
      {matched && problems.length === 0 && stored.length > 0 && <StoredPreview stored={stored} />}
    </>
  )
}
