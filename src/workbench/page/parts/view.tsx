import { Group, Stack, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'

interface ViewProps {
  title: string
  about?: ReactNode
  /** Buttons beside the title. */
  actions?: ReactNode
  children: ReactNode
}

/** One view of the page under its heading. */
export function View({ title, about, actions, children }: ViewProps) {
  useDocumentTitle(`${title} · Kameleoon workbench`)
  return (
    <Stack gap="sm" p={{ base: 'xs', sm: 'md' }} miw={0}>
      <Group justify="space-between" align="flex-start" gap="xs">
        <div>
          <Title order={1} tabIndex={-1}>
            {title}
          </Title>
          {about && (
            <Text size="sm" c="dimmed" maw={760}>
              {about}
            </Text>
          )}
        </div>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  )
}
