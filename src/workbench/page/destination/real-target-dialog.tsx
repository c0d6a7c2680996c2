import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Field, Settings } from '../../contract'
import { keys } from '../api/keys'
import { settingsOf } from '../api/reading'
import { request } from '../api/request'
import { Failure } from '../parts/failure'
import { Loaded } from '../parts/loaded'
import { TestConnection } from './connection-test'
import { SettingInputs } from './setting-inputs'
import { useTypedSettings } from './use-typed-settings'

interface RealTargetDialogProps {
  fields: Field[]
  onClose: () => void
}

/** Asks for the settings of the real project, and for a clear yes, before anything leaves this machine. */
export function RealTargetDialog({ fields, onClose }: RealTargetDialogProps) {
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
