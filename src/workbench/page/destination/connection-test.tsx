import { Alert, Button, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { IconCheck, IconPlugConnected, IconX } from '@tabler/icons-react'
import type { ConnectionTest, Settings } from '../../contract'
import { request } from '../api/request'
import { Failure } from '../parts/failure'

/** Tries settings without saving them, as "Test connection" of Segment does. */
export function TestConnection({ target, values }: Pick<Settings, 'target' | 'values'>) {
  const test = useMutation({
    mutationFn: () => request<ConnectionTest>('POST', 'settings/test', { target, values })
  })
  return (
    <Stack gap="xs" align="flex-start">
      <Button
        variant="default"
        leftSection={<IconPlugConnected size={16} />}
        loading={test.isPending}
        onClick={() => test.mutate()}
      >
        Test connection
      </Button>
      <Failure error={test.error} title="Not tested" />
      {test.data && <Tested test={test.data} />}
    </Stack>
  )
}

function Tested({ test: { ok, message } }: { test: ConnectionTest }) {
  return (
    <Alert
      color={ok ? 'teal' : 'red'}
      variant="outline"
      p="xs"
      role="status"
      icon={ok ? <IconCheck /> : <IconX />}
      title={ok ? 'The connection works' : 'The connection does not work'}
    >
      {message}
    </Alert>
  )
}
