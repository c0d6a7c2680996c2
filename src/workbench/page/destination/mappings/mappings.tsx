import { Alert, Anchor, Group, Paper, Stack, Switch, Text, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { Action, Destination, Subscription } from '../../../contract'
import { keys } from '../../api/queries'
import { request, messageOf } from '../../api/request'
import { ToneBadge } from '../../parts/badges'
import styles from '../destination.module.css'
import { AddMapping } from './add-mapping'
import { newDrafts, useDraft } from './drafts'
import { ExportMappings, ImportMappings } from './import-mappings'
import { ResetMappings } from './remove-mappings'

interface MappingsProps {
  destination: Destination
  mappings: Subscription[]
  savedIn: string | undefined
}

/** The list of mappings: name, action, filter and whether each is enabled. */
export function Mappings({ destination, mappings, savedIn }: MappingsProps) {
  return (
    <Paper withBorder p="sm">
      <Stack gap="xs">
        <Group justify="space-between" gap="xs">
          <Title order={2}>Mappings</Title>
          <Group gap="xs">
            <ImportMappings />
            <ExportMappings />
            <ResetMappings />
            <AddMapping destination={destination} />
          </Group>
        </Group>
        <NewDrafts />
        {mappings.length === 0 && <Text size="sm">There are no mappings, so every event is filtered.</Text>}
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
            Saved in {savedIn}
          </Text>
        )}
      </Stack>
    </Paper>
  )
}

interface MappingRowProps {
  mapping: Subscription
  action: Action | undefined
}

function MappingRow({ mapping, action }: MappingRowProps) {
  const client = useQueryClient()
  const [draft] = useDraft(mapping.id)
  const { id, ...written } = mapping
  const place = encodeURIComponent(id)
  const enable = useMutation({
    mutationFn: (enabled: boolean) => request<Subscription>('PUT', `subscriptions/${place}`, { ...written, enabled }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.subscriptions })
  })
  return (
    <li className={styles.mapping}>
      <Switch
        aria-label={`${mapping.name} is enabled`}
        checked={enable.isPending ? enable.variables : mapping.enabled}
        onChange={(event) => enable.mutate(event.currentTarget.checked)}
      />
      <div className={styles.mappingName}>
        <Anchor component={Link} href={`/destination/mappings/${place}`} size="sm" fw={600}>
          {mapping.name}
        </Anchor>{' '}
        {draft && <ToneBadge tone="wait">unsaved changes</ToneBadge>}
        <Text size="xs" c="dimmed">
          {action?.title ?? mapping.partnerAction}
        </Text>
      </div>
      <code className={styles.filter}>{mapping.subscribe}</code>
      {enable.error && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {messageOf(enable.error)}
        </Text>
      )}
    </li>
  )
}

/** New mappings that were not saved. */
function NewDrafts() {
  const drafts = newDrafts()
  if (drafts.length === 0) return null
  return (
    <Alert color="blue" variant="outline" p="xs">
      Not saved yet:{' '}
      {drafts.map(({ id, name }, index) => (
        <span key={id}>
          {index > 0 && ', '}
          <Anchor component={Link} href={`/destination/mappings/${id}`} inherit underline="always">
            {name || 'a mapping without a name'}
          </Anchor>
        </span>
      ))}
    </Alert>
  )
}
