import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Field, Settings } from '../../../contract'
import { keys } from '../../api/queries'
import { request } from '../../api/request'
import { useUnsaved } from '../../parts/unsaved'
import { Failure } from '../../parts/view'
import { SettingInputs, TestConnection } from './setting-inputs'
import { useTypedSettings } from './typed-settings'

/** The settings of the current target, as the destination defines them. */
export function SettingsForm({ fields, settings }: { fields: Field[]; settings: Settings }) {
  const client = useQueryClient()
  const typed = useTypedSettings(fields, settings)
  const save = useMutation({
    mutationFn: () => request<Settings>('PUT', 'settings', { values: typed.values }),
    onSuccess: (saved) => {
      typed.discard()
      client.setQueryData(keys.settings, saved)
    }
  })
  const change = (key: string, text: string) => {
    save.reset()
    typed.change(key, text)
  }
  useUnsaved(typed.isChanged ? 'the settings' : null, typed.discard)

  return (
    <Stack gap="xs" component="form" onSubmit={(event) => (event.preventDefault(), save.mutate())} mt="sm">
      <Title order={2}>Settings{settings.target === 'emulator' && ' of the emulator'}</Title>
      <SettingInputs fields={fields} settings={settings} texts={typed.texts} error={save.error} onChange={change} />
      <Group gap="xs" align="flex-start">
        <Button type="submit" disabled={!typed.isChanged} loading={save.isPending}>
          Save settings
        </Button>
        {typed.isChanged && (
          <Button variant="default" onClick={typed.discard}>
            Discard changes
          </Button>
        )}
        {/* The key removes an old test result when a setting changes. */}
        <TestConnection key={JSON.stringify(typed.texts)} target={settings.target} values={typed.values} />
        {save.isSuccess && !typed.isChanged && (
          <Text size="sm" c="var(--tone-good)" role="status">
            Saved.
          </Text>
        )}
      </Group>
      <Failure error={save.error} title="Not saved" />
    </Stack>
  )
}
