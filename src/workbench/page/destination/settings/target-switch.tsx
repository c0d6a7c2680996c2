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

interface RealTargetDialogProps {
  fields: Field[]
  onClose: () => void
}

/** Asks for the settings of the real project, and for a clear yes, before anything leaves this machine. */
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
        Every event that reaches this workbench from then on converts goals and changes visitors in that project. What
        is sent cannot be taken back, and the page can no longer see what Kameleoon makes of it.
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
      <Failure error={go.error} title="The target stays the emulator" />
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
