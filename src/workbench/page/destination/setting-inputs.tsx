import { NativeSelect, PasswordInput, SimpleGrid, TextInput } from '@mantine/core'
import type { Field, Settings } from '../../contract'
import { problemsOf } from '../api/request-error'
import { Described } from './described'
import styles from './destination.module.css'
import { problemOf } from './use-problems'

interface SettingInputsProps {
  fields: Field[]
  settings: Settings
  texts: Record<string, string>
  error: unknown
  /** One below the other, where the place is narrow on every screen. */
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
              placeholder={isSet ? 'Saved; leave it empty to keep it' : ''}
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
