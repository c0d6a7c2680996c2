import { useSessionStorage } from '@mantine/hooks'
import { useState } from 'react'
import type { Field, Settings } from '../../../contract'

type Texts = Record<string, string>

/** The unsaved settings of a target. */
export function useTypedSettings(fields: Field[], { target, values }: Settings) {
  const [typed, setTyped, forget] = useSessionStorage<Texts>({
    key: `settings-draft:${target}`,
    defaultValue: {},
    getInitialValueInEffect: false
  })
  // A secret is never stored in the browser, so it is lost on a reload.
  const [secrets, setSecrets] = useState<Texts>({})
  const isSecret = (key: string) => fields.some((field) => field.key === key && field.type === 'password')
  const texts = { ...textsOf(fields, values), ...typed, ...secrets }

  return {
    texts,
    values: valuesOf(fields, texts),
    isChanged: [typed, secrets].some((changes) => Object.keys(changes).length > 0),
    change: (key: string, text: string) => {
      if (isSecret(key)) setSecrets({ ...secrets, [key]: text })
      else setTyped({ ...typed, [key]: text })
    },
    discard: () => {
      forget()
      setSecrets({})
    }
  }
}

function textsOf(fields: Field[], values: Settings['values']): Texts {
  return Object.fromEntries(fields.map((field) => [field.key, String(values[field.key] ?? field.default ?? '')]))
}

/** Settings as the workbench takes them: an empty password is omitted, so that the saved one is kept. */
function valuesOf(fields: Field[], texts: Texts): Settings['values'] {
  const filled = fields.filter(({ key, type }) => texts[key] !== '' || type !== 'password')
  return Object.fromEntries(filled.map((field) => [field.key, valueOf(field, texts[field.key])]))
}

function valueOf({ type }: Field, text: string): string | number | boolean {
  if (type === 'boolean') return text === 'true'
  if ((type === 'number' || type === 'integer') && text.trim() !== '' && Number.isFinite(Number(text)))
    return Number(text)
  return text
}
