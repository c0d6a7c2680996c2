import { Button, Group, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Destination, Settings, WorkbenchState } from '../../contract'
import { keys } from '../api/keys'
import { settingsOf } from '../api/reading'
import { request } from '../api/request'
import { Failure } from '../parts/failure'
import { RealTargetDialog } from './real-target-dialog'

interface TargetSwitchProps {
  destination: Destination
  settings: Settings
  state: WorkbenchState | undefined
}

/** Where events go to: the emulator on this machine, or Kameleoon itself after a question. */
export function TargetSwitch({ destination, settings, state }: TargetSwitchProps) {
  const client = useQueryClient()
  const [opened, { open, close }] = useDisclosure()
  const isReal = settings.target === 'real'
  const back = useMutation({
    mutationFn: async () => {
      const { values } = await settingsOf('emulator')
      return request<Settings>('PUT', 'settings', { target: 'emulator', values })
    },
    onSuccess: (saved) => client.setQueryData(keys.settings, saved)
  })
  return (
    <>
      <Group justify="space-between" gap="xs">
        <Text size="sm">
          Events go to <b>{isReal ? 'the REAL Kameleoon' : 'the emulator on this machine'}</b>
          {isReal && state && ` (${state.target.label})`}
        </Text>
        {isReal ? (
          <Button loading={back.isPending} onClick={() => back.mutate()}>
            Back to the emulator
          </Button>
        ) : (
          <Button variant="default" onClick={open}>
            Deliver to the real Kameleoon…
          </Button>
        )}
      </Group>
      <Failure error={back.error} title="The target stays" />
      {opened && <RealTargetDialog fields={destination.settings} onClose={close} />}
    </>
  )
}
