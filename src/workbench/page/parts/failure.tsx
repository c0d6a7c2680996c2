import { Alert, List, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { problemsOf, wordsOf } from '../api/request-error'

/** What the workbench said no to, in its words; nothing when there is no error. */
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
        {wordsOf(error)}
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
