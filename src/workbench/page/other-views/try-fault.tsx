import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconBolt } from '../parts/icons'
import { useMutation } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import type { FaultSwitch } from '../../contract'
import { messageOf, request } from '../api/request'

interface TryOnceProps {
  fault: FaultSwitch
  disabled: boolean
}

/** Lets one call fail, sends a sample order, and opens the event, which is then retried. */
export function TryOnce({ fault, disabled }: TryOnceProps) {
  const [, navigate] = useLocation()
  const attempt = useMutation({
    mutationFn: async () => {
      await request<FaultSwitch>('PUT', `faults/${fault.id}`, { on: true, times: 1 })
      return request<{ ids: string[] }>('POST', 'samples/order')
    },
    onSuccess: ({ ids }) => navigate(`/events/${ids[0]}`),
    onError: (error) =>
      notifications.show({ color: 'red', title: 'The fault was not tried', message: messageOf(error) })
  })
  // A single order makes fewer calls than the low rate limit allows.
  if (fault.id === 'rate-limits') return null
  return (
    <Button
      variant="default"
      leftSection={<IconBolt size={15} />}
      aria-label={`Try ${fault.label} once with a sample order`}
      disabled={disabled || fault.on}
      loading={attempt.isPending}
      onClick={() => attempt.mutate()}
    >
      Try once
    </Button>
  )
}
