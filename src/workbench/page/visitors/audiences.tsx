import { Group } from '@mantine/core'
import { IconUsersGroup } from '@tabler/icons-react'
import { ToneBadge } from '../parts/tone-badge'
import { Section } from './section'

export function Audiences({ audiences }: { audiences: string[] }) {
  if (audiences.length === 0) return null
  return (
    <Section title="Audiences">
      <Group gap={6}>
        {audiences.map((audience) => (
          <ToneBadge key={audience} tone="wait" icon={<IconUsersGroup size={13} />}>
            {audience}
          </ToneBadge>
        ))}
      </Group>
    </Section>
  )
}
