import { Alert, Anchor, Button, NativeSelect, PasswordInput, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { IconCheck, IconPlugConnected, IconX } from '../../parts/icons'
import { useMutation } from '@tanstack/react-query'
import { Fragment } from 'react'
import type { ConnectionTest, Field, Settings } from '../../../contract'
import { problemsOf, request, problemOf } from '../../api/request'
import { Failure } from '../../parts/view'
import styles from '../destination.module.css'

interface SettingInputsProps {
  fields: Field[]
  settings: Settings
  texts: Record<string, string>
  error: unknown
  /** One column on every screen size, for a dialog. */
  isNarrow?: boolean
  onChange: (key: string, text: string) => void
}

export function SettingInputs({ fields, settings, texts, error, isNarrow = false, onChange }: SettingInputsProps) {
  const problems = problemsOf(error)
  return (
    <SimpleGrid cols={isNarrow ? 1 : { base: 1, md: fields.length }} spacing="sm">
      {fields.map((field) => {
        const common = {
          className: styles.setting,
          label: field.label,
          description: <Described text={field.description} />,
          required: field.required,
          value: texts[field.key],
          error: problemOf(problems, `values.${field.key}`),
          onChange: (event: { currentTarget: { value: string } }) => onChange(field.key, event.currentTarget.value)
        }
        if (field.type === 'password') {
          const isSet = settings.secretsSet.includes(field.key)
          return (
            <PasswordInput
              key={field.key}
              {...common}
              required={field.required && !isSet}
              withAsterisk={field.required}
              autoComplete="off"
              placeholder={isSet ? 'Saved. Leave empty to keep it.' : ''}
            />
          )
        }
        if (field.choices) {
          const data = field.choices.map(({ value, label }) => ({ value: String(value), label }))
          return <NativeSelect key={field.key} {...common} data={data} />
        }
        return <TextInput key={field.key} {...common} spellCheck={false} placeholder={field.placeholder ?? undefined} />
      })}
    </SimpleGrid>
  )
}

const ADDRESS = /(https?:\/\/[^\s)]+)/

/** A description with its URLs as links. */
function Described({ text }: { text: string }) {
  return text.split(ADDRESS).map((part, index) =>
    ADDRESS.test(part) ? (
      <Anchor key={index} href={part} target="_blank" rel="noreferrer" inherit underline="always">
        {new URL(part).host}
      </Anchor>
    ) : (
      <Fragment key={index}>{part}</Fragment>
    )
  )
}

/** Tests settings without saving them, as "Test connection" in Segment does. */
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
      {test.data && <TestResult test={test.data} />}
    </Stack>
  )
}

function TestResult({ test: { ok, message } }: { test: ConnectionTest }) {
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
