import { Anchor, Group, Stack, Text } from '@mantine/core'
import { IconArrowsRight } from '@tabler/icons-react'
import { Link } from 'wouter'
import type { Delivery } from '../../contract'
import { STATUS } from '../events/status'
import { StatusBadge } from '../events/status-badge'
import { JsonView } from '../parts/json-view'
import { AttemptView } from './attempt-view'
import { Part } from './part'
import { Step } from './step'

/** What one mapping made of the event, and every attempt to deliver it. */
export function DeliveryStep({ delivery }: { delivery: Delivery }) {
  const { subscriptionId, subscriptionName, partnerAction, subscribe, status, payload, attempts } = delivery
  return (
    <Step
      tone={STATUS[status].tone}
      icon={<IconArrowsRight size={14} />}
      title={
        <Group gap="xs">
          <Anchor component={Link} href={`/destination/mappings/${subscriptionId}`} inherit underline="always">
            {subscriptionName}
          </Anchor>
          <StatusBadge status={status} />
        </Group>
      }
    >
      <Text size="sm" c="dimmed">
        Matched <code>{subscribe}</code>, action <code>{partnerAction}</code>
      </Text>
      <Stack gap="xs" mt={6}>
        <Part title="Resolved payload" startsClosed={attempts.some(({ exchanges }) => exchanges.length > 0)}>
          <JsonView value={payload} what="the resolved payload" />
        </Part>
        {attempts.map((attempt) => (
          <AttemptView key={attempt.number} attempt={attempt} />
        ))}
      </Stack>
    </Step>
  )
}
