import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { IconCheck, IconPlugConnected, IconX } from '@tabler/icons-react'
import type { ConnectionTest, Field, Settings } from '../../contract'
import { keys } from '../api/keys'
import { request } from '../api/request'
import { Failure } from '../parts/failure'
import { useUnsaved } from '../shell/unsaved'
import { SettingInputs } from './setting-inputs'
import { useTypedSettings } from './use-typed-settings'

/** The settings of the present target, drawn from the definition. */
export function SettingsForm({ fields, settings }: { fields: Field[]; settings: Settings }) {
  const client = useQueryClient()
  const typed = useTypedSettings(fields, settings)
  const test = useMutation({
    mutationFn: () => request<ConnectionTest>('POST', 'settings/test', { values: typed.values })
  })
  const save = useMutation({
    mutationFn: () => request<Settings>('PUT', 'settings', { values: typed.values }),
    onSuccess: (saved) => {
      typed.discard()
      client.setQueryData(keys.settings, saved)
    }
  })
  const change = (key: string, text: string) => {
    test.reset()
    save.reset()
    typed.change(key, text)
  }
  useUnsaved(typed.isChanged ? 'the settings' : null, typed.discard)

  return (
    <Stack gap="xs" component="form" onSubmit={(event) => (event.preventDefault(), save.mutate())} mt="sm">
      <Title order={2}>Settings{settings.target === 'emulator' && ' of the emulator'}</Title>
      <SettingInputs fields={fields} settings={settings} texts={typed.texts} error={save.error} onChange={change} />
      <Group gap="xs">
        <Button type="submit" disabled={!typed.isChanged} loading={save.isPending}>
          Save settings
        </Button>
        <Button
          variant="default"
          leftSection={<IconPlugConnected size={16} />}
          loading={test.isPending}
          onClick={() => test.mutate()}
        >
          Test connection
        </Button>
        {typed.isChanged && (
          <Button variant="subtle" onClick={typed.discard}>
            Discard changes
          </Button>
        )}
        {save.isSuccess && !typed.isChanged && (
          <Text size="sm" c="var(--tone-good)" role="status">
            Saved.
          </Text>
        )}
      </Group>
      <Failure error={save.error} title="Not saved" />
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
