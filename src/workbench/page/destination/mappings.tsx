import { Group, Paper, Stack, Text, Title } from '@mantine/core'
import type { Destination, Subscription } from '../../contract'
import { AddMapping } from './add-mapping'
import styles from './destination.module.css'
import { MappingRow } from './mapping-row'
import { NewDrafts } from './new-drafts'
import { ResetMappings } from './reset-mappings'

interface MappingsProps {
  destination: Destination
  mappings: Subscription[]
  savedIn: string | undefined
}

/** Every mapping: what it takes, where it sends it, and whether it is on. */
export function Mappings({ destination, mappings, savedIn }: MappingsProps) {
  return (
    <Paper withBorder p="sm">
      <Stack gap="xs">
        <Group justify="space-between" gap="xs">
          <Title order={2}>Mappings</Title>
          <Group gap="xs">
            <ResetMappings />
            <AddMapping destination={destination} />
          </Group>
        </Group>
        <NewDrafts />
        {mappings.length === 0 && <Text size="sm">There is no mapping, so every event is filtered.</Text>}
        <ul className={styles.mappings}>
          {mappings.map((mapping) => (
            <MappingRow
              key={mapping.id}
              mapping={mapping}
              action={destination.actions.find(({ key }) => key === mapping.partnerAction)}
            />
          ))}
        </ul>
        {savedIn && (
          <Text size="xs" c="dimmed">
            Kept in {savedIn}
          </Text>
        )}
      </Stack>
    </Paper>
  )
}
