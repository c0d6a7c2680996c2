import type { InputField } from '@segment/actions-core'
import type { Rule } from './problem'

type Conditions = NonNullable<InputField['depends_on']>

/** A field that depends on another names one that exists. */
export const dependencies: Rule = ({ actions, authentication }) => {
  const groups: [string, Record<string, Partial<InputField>>][] = [
    ['authentication.fields', (authentication?.fields ?? {}) as Record<string, InputField>],
    ...Object.entries(actions).map(([key, { fields }]): [string, Record<string, InputField>] => [
      `actions.${key}.fields`,
      fields as Record<string, InputField>
    ])
  ]
  return groups.flatMap(([place, fields]) =>
    Object.entries(fields).flatMap(([key, { depends_on, required }]) =>
      [depends_on, typeof required === 'object' ? required : undefined]
        .flatMap((conditions) => keysIn(conditions))
        .filter((other) => !fields[other.split('.')[0]])
        .map((other) => ({ place: `${place}.${key}`, fault: `depends on ${other}, which does not exist` }))
    )
  )
}

function keysIn(conditions: Conditions | undefined): string[] {
  return (conditions?.conditions ?? []).flatMap((condition) => ('fieldKey' in condition ? [condition.fieldKey] : []))
}
