import { Stack, Text } from '@mantine/core'
import type { Preview } from '../../../contract'
import { JsonView } from '../../parts/code-view'
import styles from '../destination.module.css'

/** What an event would store, under which keys, and who can read that. */
export function StoredPreview({ stored }: { stored: Preview['stored'] }) {
  return (
    <details className={styles.details}>
      <summary>Stored data, key by key</summary>
      <Stack gap="xs">
        <Text size="sm">
          Kameleoon serves stored data to browsers. Whoever knows the site code, which every page of the site shows, and
          one of these keys reads what is stored under it. “Stored Traits” limits what is stored.
        </Text>
        {stored.map(({ key, fields }) => (
          <div key={key}>
            <Text size="sm" fw={600} ff="monospace">
              {key}
            </Text>
            <JsonView value={fields} what={`what is stored under ${key}`} />
          </div>
        ))}
      </Stack>
    </details>
  )
}
