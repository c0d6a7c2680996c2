import { Alert, Stack, Text, Title } from '@mantine/core'
import type { Preview } from '../../../contract'
import { JsonView } from '../../parts/code-view'

/** What an event would store, under which keys, and who can read that. */
export function StoredPreview({ stored }: { stored: Preview['stored'] }) {
  return (
    <section aria-label="Stored data">
      <Stack gap="xs">
        <Title order={3}>Stored data</Title>
        <Alert color="yellow" variant="outline" p="xs" title="Anyone can read this">
          Kameleoon serves stored data to browsers. Whoever knows the site code, which every page of the site shows, and
          one of these keys reads what is stored under it. “Stored Traits” limits what is stored.
        </Alert>
        {stored.map(({ key, fields }) => (
          <div key={key}>
            <Text size="sm" fw={600} ff="monospace">
              {key}
            </Text>
            <JsonView value={fields} what={`what is stored under ${key}`} />
          </div>
        ))}
      </Stack>
    </section>
  )
}
