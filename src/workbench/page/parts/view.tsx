import { Alert, Center, Group, List, Loader, Stack, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { IconAlertTriangle } from './icons'
import type { ReactNode } from 'react'
import { problemsOf, messageOf } from '../api/request'

interface ViewProps {
  title: string
  about?: ReactNode
  /** Buttons beside the title. */
  actions?: ReactNode
  children: ReactNode
}

/** The frame of a view: heading, description and buttons. */
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

interface Answer<Data> {
  data: Data | undefined
  error: unknown
}

interface LoadedProps<Data> {
  answer: Answer<Data>
  what: string
  children: (data: Data) => ReactNode
}

/** Shows loaded data. Before that, shows that it is loading, or the error. */
export function Loaded<Data>({ answer, what, children }: LoadedProps<Data>) {
  const { data, error } = answer
  if (data !== undefined) return children(data)
  if (error) {
    return (
      <Stack p="md">
        <Failure error={error} title={`Could not load ${what}`} />
      </Stack>
    )
  }
  return (
    <Center p="xl">
      <Loader size="sm" aria-label={`Loading ${what}`} role="status" />
    </Center>
  )
}

/** The message and problems of an error; nothing when there is no error. */
export function Failure({ error, title }: { error: unknown; title?: string }) {
  if (!error) return null
  const problems = problemsOf(error)
  return (
    <Alert
      variant="outline"
      color="red"
      role="alert"
      title={title}
      icon={<IconAlertTriangle />}
      p="xs"
      c="var(--tone-bad)"
    >
      <Text size="sm" c="var(--mantine-color-text)">
        {messageOf(error)}
      </Text>
      {problems.length > 0 && (
        <List size="sm" c="var(--mantine-color-text)">
          {problems.map(({ field, message }) => (
            <List.Item key={`${field} ${message}`}>{field ? `${field}: ${message}` : message}</List.Item>
          ))}
        </List>
      )}
    </Alert>
  )
}
