import { Alert, Anchor } from '@mantine/core'
import { IconBolt } from '@tabler/icons-react'
import { Link } from 'wouter'
import { useFaults } from '../api/reading'

/** Reminds that failures are made on purpose. */
export function FaultsNote({ faults }: { faults: string[] }) {
  const { data } = useFaults()
  if (faults.length === 0) return null
  const labels = faults.map((id) => data?.find((fault) => fault.id === id)?.label ?? id)
  return (
    <Alert color="orange" variant="outline" p="xs" icon={<IconBolt />} role="note">
      Faults are on: {labels.join(', ')}.{' '}
      <Anchor component={Link} href="/faults" inherit underline="always">
        Switch them off
      </Anchor>
    </Alert>
  )
}
