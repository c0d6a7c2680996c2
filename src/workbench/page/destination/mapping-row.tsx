import { Anchor, Switch, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { Action, Subscription } from '../../contract'
import { keys } from '../api/keys'
import { request } from '../api/request'
import { wordsOf } from '../api/request-error'
import { ToneBadge } from '../parts/tone-badge'
import styles from './destination.module.css'
import { useDraft } from './use-draft'

interface MappingRowProps {
  mapping: Subscription
  action: Action | undefined
}

export function MappingRow({ mapping, action }: MappingRowProps) {
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
          {wordsOf(enable.error)}
        </Text>
      )}
    </li>
  )
}
