import { Alert, Text } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconX } from '../parts/icons'
import type { Deletion } from '../../contract'
import { ToneBadge } from '../parts/badges'
import styles from './visitors.module.css'

/** Each visitor and each key of a deletion, and how to go on when something failed. */
export function DeletionResult({ deletion: { visitors, keys, failure } }: { deletion: Deletion }) {
  return (
    <>
      {failure && <NotComplete failure={failure} />}
      {visitors.length + keys.length > 0 && (
        <table className={styles.table} aria-label="What was deleted">
          <thead>
            <tr>
              <th scope="col">Visitor, or key of stored data</th>
              <th scope="col">What was there</th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            {visitors.map(({ visitorCode, isForgotten }) => (
              <Row key={`visitor ${visitorCode}`} name={visitorCode} was="visits" isDone={isForgotten}>
                {isForgotten ? 'Asked to forget' : 'Not taken'}
              </Row>
            ))}
            {keys.map(({ key, fields, isEmptied }) => (
              <Row key={key} name={key} was={fields.join(', ') || 'nothing'} isDone={isEmptied}>
                {isEmptied ? 'Emptied' : 'Not emptied'}
              </Row>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}

interface RowProps {
  name: string
  was: string
  isDone: boolean
  children: string
}

function Row({ name, was, isDone, children }: RowProps) {
  return (
    <tr>
      <td className={styles.mono}>{name}</td>
      <td>{was}</td>
      <td>
        <ToneBadge tone={isDone ? 'good' : 'bad'} icon={isDone ? <IconCheck size={13} /> : <IconX size={13} />}>
          {children}
        </ToneBadge>
      </td>
    </tr>
  )
}

function NotComplete({ failure: { message, isRetryable } }: { failure: NonNullable<Deletion['failure']> }) {
  return (
    <Alert
      variant="outline"
      color="red"
      role="alert"
      title="Not complete"
      icon={<IconAlertTriangle />}
      p="xs"
      c="var(--tone-bad)"
    >
      <Text size="sm" c="var(--mantine-color-text)">
        {message}
      </Text>
      <Text size="sm" c="var(--mantine-color-text)">
        {isRetryable
          ? 'Delete again in a moment: what is done stays done, and the rest follows.'
          : 'Correct this first, then delete again.'}
      </Text>
    </Alert>
  )
}
