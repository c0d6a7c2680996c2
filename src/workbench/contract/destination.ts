import { Type, type Static } from '@sinclair/typebox'
import { Nullable, StringEnum } from './schema'

export const Choice = Type.Object({
  label: Type.String(),
  value: Type.Union([Type.String(), Type.Number(), Type.Boolean()]),
  description: Type.Optional(Type.String())
})

/** Other fields decide whether a field is shown; `value` is filtered where a field is asked to be empty, or not to be. */
export const DependsOn = Type.Object({
  match: StringEnum(['all', 'any']),
  conditions: Type.Array(
    Type.Object({
      fieldKey: Type.String(),
      operator: StringEnum(['is', 'is_not']),
      value: Type.Optional(Type.Unknown())
    })
  )
})

/** A field of an action or a setting, as the definition describes it; enough to draw a form. */
export const Field = Type.Object(
  {
    key: Type.String(),
    label: Type.String(),
    description: Type.String(),
    type: StringEnum(['string', 'text', 'number', 'integer', 'datetime', 'boolean', 'password', 'object']),
    required: Type.Boolean(),
    multiple: Type.Boolean(),
    dynamic: Type.Boolean({ description: 'Its choices, or the keys of its object, come live from Kameleoon' }),
    keyValue: Type.Boolean({ description: 'An object the user fills key by key' }),
    hidden: Type.Boolean(),
    placeholder: Nullable(Type.String()),
    default: Type.Unknown({ description: 'What the mapping holds when nothing was edited; null without one' }),
    choices: Nullable(Type.Array(Choice)),
    requiredWhen: Type.Optional(Type.String({ description: 'In words, for a field that is required at times only' })),
    dependsOn: Type.Optional(DependsOn),
    properties: Type.Optional(
      Type.Unsafe<unknown[]>({
        type: 'array',
        items: { $ref: 'Field' },
        description: 'Members of an object whose members are known'
      })
    )
  },
  { $id: 'Field' }
)

export const Action = Type.Object(
  {
    key: Type.String({ description: 'What a mapping names as partnerAction' }),
    title: Type.String(),
    description: Type.String(),
    defaultSubscription: Nullable(Type.String()),
    fields: Type.Array(Type.Ref(Field))
  },
  { $id: 'Action' }
)

/** A mapping: which events go to which action of the destination, and with which fields. */
export const Subscription = Type.Object(
  {
    id: Type.String(),
    name: Type.String({ minLength: 1, maxLength: 200 }),
    partnerAction: Type.String(),
    subscribe: Type.String({ description: 'A query in Segment\'s language, for example type = "track"' }),
    enabled: Type.Boolean(),
    mapping: Type.Record(Type.String(), Type.Unknown())
  },
  { $id: 'Subscription' }
)

/** A mapping as a user has written it; what is not kept has no id. */
export const SubscriptionDraft = Type.Omit(Subscription, ['id'], { $id: 'SubscriptionDraft' })

/** What can be said about a mapping before it is saved; `field` is name, partnerAction, subscribe or mapping.<key>. */
export const Problem = Type.Object({ field: Type.String(), message: Type.String() }, { $id: 'Problem' })

export const Preset = Type.Object(
  {
    name: Type.String(),
    automatic: Type.Boolean({ description: 'Created when the destination is added; others wait to be chosen' }),
    partnerAction: Type.String(),
    subscribe: Nullable(Type.String(), 'None for presets of specific events of Segment Engage'),
    eventSlug: Nullable(Type.String()),
    mapping: Type.Record(Type.String(), Type.Unknown())
  },
  { $id: 'Preset' }
)

/** The destination as its page draws it. */
export const Destination = Type.Object(
  {
    name: Type.String(),
    description: Type.String(),
    settings: Type.Array(Type.Ref(Field)),
    actions: Type.Array(Type.Ref(Action)),
    presets: Type.Array(Type.Ref(Preset))
  },
  { $id: 'Destination' }
)

const SettingValue = Type.Union([Type.String(), Type.Number(), Type.Boolean()])

/** A change of settings: a password filtered stays, another setting filtered is emptied, and so does the target stay. */
export const SettingsChange = Type.Object(
  { target: Type.Optional(StringEnum(['emulator', 'real'])), values: Type.Record(Type.String(), SettingValue) },
  { $id: 'SettingsChange' }
)

/** Settings as the page may see them: of a secret only whether there is one. */
export const Settings = Type.Object(
  {
    target: StringEnum(['emulator', 'real']),
    values: Type.Record(Type.String(), SettingValue, { description: 'Without password fields' }),
    secretsSet: Type.Array(Type.String(), { description: 'Password fields that hold a value' })
  },
  { $id: 'Settings' }
)

export const ConnectionTest = Type.Object({ ok: Type.Boolean(), message: Type.String() }, { $id: 'ConnectionTest' })

export const DynamicChoices = Type.Object(
  {
    choices: Type.Array(Choice),
    nextPage: Nullable(Type.String()),
    error: Nullable(Type.String())
  },
  { $id: 'DynamicChoices' }
)

/** What a mapping would make of an event, without sending anything. */
export const Preview = Type.Object(
  {
    matched: Type.Boolean(),
    whyNot: Nullable(Type.String()),
    payload: Type.Unknown(),
    problems: Type.Array(Type.Ref(Problem), { description: 'What validation says of the payload' })
  },
  { $id: 'Preview' }
)

export type Choice = Static<typeof Choice>
export type Field = Omit<Static<typeof Field>, 'properties'> & { properties?: Field[] }
export type Action = Omit<Static<typeof Action>, 'fields'> & { fields: Field[] }
export type Subscription = Static<typeof Subscription>
export type SubscriptionDraft = Static<typeof SubscriptionDraft>
export type SettingsChange = Static<typeof SettingsChange>
export type Problem = Static<typeof Problem>
export type Preset = Static<typeof Preset>
export type Destination = Omit<Static<typeof Destination>, 'settings' | 'actions' | 'presets'> & {
  settings: Field[]
  actions: Action[]
  presets: Preset[]
}
export type Settings = Static<typeof Settings>
export type ConnectionTest = Static<typeof ConnectionTest>
export type DynamicChoices = Static<typeof DynamicChoices>
export type Preview = Omit<Static<typeof Preview>, 'problems'> & { problems: Problem[] }
