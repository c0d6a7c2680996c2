import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Destination, Field, Settings, WorkbenchState } from '../../../contract'
import { keys, settingsOf } from '../../api/queries'
import { request } from '../../api/request'
import { Failure, Loaded } from '../../parts/view'
import { SettingInputs, TestConnection } from './setting-inputs'
import { useTypedSettings } from './typed-settings'

interface TargetSwitchProps {
  destination: Destination
  settings: Settings
  state: WorkbenchState | undefined
}

/** Shows and switches the target: the emulator on this machine, or the real Kameleoon after a confirmation. */
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
      <Failure error={back.error} title="The target was not changed" />
      {opened && <RealTargetDialog fields={destination.settings} onClose={close} />}
    </>
  )
}

interface RealTargetDialogProps {
  fields: Field[]
  onClose: () => void
}

/** Asks for the settings of the real project and for a confirmation before any event leaves this machine. */
function RealTargetDialog({ fields, onClose }: RealTargetDialogProps) {
  const settings = useQuery({ queryKey: [...keys.settings, 'real'], queryFn: () => settingsOf('real'), gcTime: 0 })
  return (
    <Modal
      opened
      onClose={onClose}
      title="Deliver to the real Kameleoon?"
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Loaded answer={settings} what="the settings of the real project">
        {(saved) => <RealTargetForm fields={fields} settings={saved} onClose={onClose} />}
      </Loaded>
    </Modal>
  )
}

function RealTargetForm({ fields, settings, onClose }: RealTargetDialogProps & { settings: Settings }) {
  const client = useQueryClient()
  const [isSure, setSure] = useState(false)
  const typed = useTypedSettings(fields, settings)
  const go = useMutation({
    mutationFn: () => request<Settings>('PUT', 'settings', { target: 'real', values: typed.values }),
    onSuccess: (saved) => {
      typed.discard()
      client.setQueryData(keys.settings, saved)
      void client.invalidateQueries({ queryKey: keys.state })
      onClose()
    }
  })
  return (
    <Stack gap="sm" component="form" onSubmit={(event) => (event.preventDefault(), go.mutate())}>
      <Text size="sm">
        From then on, every event that this workbench receives is sent to that project: it converts goals and changes
        visitors. This cannot be undone, and the page cannot show what Kameleoon stores.
      </Text>
      <SettingInputs
        {...{ fields, settings, texts: typed.texts, error: go.error, isNarrow: true }}
        onChange={typed.change}
      />
      <TestConnection key={JSON.stringify(typed.texts)} target="real" values={typed.values} />
      <Checkbox
        label="I want events to reach the real project"
        checked={isSure}
        onChange={(event) => setSure(event.currentTarget.checked)}
      />
      <Failure error={go.error} title="The target was not changed" />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" color="red" disabled={!isSure} loading={go.isPending}>
          Deliver to the real Kameleoon
        </Button>
      </Group>
    </Stack>
  )
}
