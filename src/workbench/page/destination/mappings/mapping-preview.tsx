import { Alert, List, Select, Stack, Text, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { EventDetail, EventSummary, Preview, Sample } from '../../../contract'
import { everyEvent } from '../../api/event-list'
import { keys, useEventList, useSamples } from '../../api/queries'
import { request } from '../../api/request'
import { JsonView } from '../../parts/code-view'
import { Failure } from '../../parts/view'
import { titleOf, shortTime } from '../../parts/words'
import { type MappingDraft, savedForm } from './drafts'
import { StoredPreview } from './stored-preview'

const MOST_RECENT = 30

/** The payload that the draft produces for an event. Nothing is sent. */
export function MappingPreview({ draft }: { draft: MappingDraft }) {
  const recent = useEventList(everyEvent).data?.events.slice(0, MOST_RECENT) ?? []
  const samples = useSamples().data ?? []
  const [chosen, setChosen] = useState<string | null>(null)
  const fitting = samples.find(({ event }) => draft.subscribe.includes(`"${String(event.type)}"`)) ?? samples[0]
  const example = useExample(chosen ?? (fitting ? `sample:${fitting.id}` : null), samples)
  const [typed] = useDebouncedValue(JSON.stringify(savedForm(draft)), 300)
  const preview = useQuery({
    queryKey: ['preview', typed, example.key],
    queryFn: () =>
      request<Preview>('POST', 'subscriptions/preview', {
        subscription: JSON.parse(typed) as unknown,
        event: example.event
      }),
    enabled: example.event !== undefined,
    placeholderData: (previous) => previous,
    gcTime: 0
  })

  return (
    <Stack gap="xs">
      <Title order={2}>Preview</Title>
      <Select
        label="Event"
        searchable
        allowDeselect={false}
        data={[
          { group: 'Samples', items: samples.map(({ id, label }) => ({ value: `sample:${id}`, label })) },
          {
            group: 'Recent events',
            items: recent.map((event) => ({ value: `event:${event.id}`, label: labelOf(event) }))
          }
        ]}
        value={example.key}
        onChange={setChosen}
      />
      <Failure error={example.error ?? preview.error} title="No preview" />
      {preview.data && !preview.error && <Previewed preview={preview.data} />}
    </Stack>
  )
}

function Previewed({ preview: { matched, whyNot, payload, problems, stored } }: { preview: Preview }) {
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
        {matched
          ? 'The mapping matches this event.'
          : `The mapping does not match this event${whyNot ? `: ${whyNot}` : '.'}`}
      </Text>
      {problems.length > 0 && (
        <Alert color="red" variant="outline" p="xs" title="The payload would be rejected">
          <List size="sm">
            {problems.map(({ field, message }) => (
              <List.Item key={`${field} ${message}`}>{message}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      {payload !== null && <JsonView value={payload} what="the payload" height="tall" />}
      {matched && problems.length === 0 && <StoredPreview stored={stored} />}
    </>
  )
}

function labelOf(event: EventSummary): string {
  return `${event.number}. ${event.type}: ${titleOf(event)} (${shortTime(event.receivedAt)})`
}

/** The event behind `sample:<id>` or `event:<id>`. */
function useExample(key: string | null, samples: Sample[]) {
  const [kind, id] = key?.split(/:(.*)/s) ?? []
  const detail = useQuery({
    queryKey: keys.event(id ?? ''),
    queryFn: () => request<EventDetail>('GET', `events/${encodeURIComponent(id ?? '')}`),
    enabled: kind === 'event'
  })
  const sample = kind === 'sample' ? samples.find((offered) => offered.id === id) : undefined
  return { key, event: sample?.event ?? (kind === 'event' ? detail.data?.event : undefined), error: detail.error }
}
