import { Alert, Anchor } from '@mantine/core'
import { Link } from 'wouter'
import { newDrafts } from './drafts'

/** New mappings that were begun and never saved. */
export function NewDrafts() {
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
