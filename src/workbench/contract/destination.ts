import { Type, type Static } from '@sinclair/typebox'
import { Happens } from './preview'
import { Nullable, Problem, StringEnum } from './schema'

/** One choice of a field. */
export const Choice = Type.Object({
  label: Type.String({ description: 'Text to show' }),
  value: Type.Union([Type.String(), Type.Number(), Type.Boolean()], { description: 'Value to store in the mapping' }),
  description: Type.Optional(Type.String({ description: 'Explanation to show' }))
})

/** Conditions on other fields under which a field is shown. Without a `value`, the other field must be (or not be) empty. */
export const DependsOn = Type.Object({
  match: StringEnum(['all', 'any'], 'How many of the conditions must hold'),
  conditions: Type.Array(
    Type.Object({
      fieldKey: Type.String({ description: 'Key of the other field' }),
      operator: StringEnum(['is', 'is_not']),
      value: Type.Optional(Type.Unknown({ description: 'A value, or an array of possible values' }))
    })
  )
})

/** A field of an action, or a setting, as the definition describes it. */
export const Field = Type.Object(
  {
    key: Type.String({ description: 'Key in the mapping or in the settings' }),
    label: Type.String(),
    description: Type.String({ description: 'Empty when the definition has none' }),
    type: StringEnum(['string', 'text', 'number', 'integer', 'datetime', 'boolean', 'password', 'object']),
    required: Type.Boolean({ description: 'Whether it is always required' }),
    multiple: Type.Boolean({ description: 'Whether its value is an array' }),
    dynamic: Type.Boolean({ description: 'Whether its choices, or the keys of its object, come from Kameleoon' }),
    keyValue: Type.Boolean({ description: 'Whether it is an object with keys that the user chooses' }),
    hidden: Type.Boolean({ description: 'Whether the page must not show it' }),
    placeholder: Nullable(Type.String()),
    default: Type.Unknown({ description: 'Value of a new mapping; null when there is none' }),
    choices: Nullable(Type.Array(Choice), 'Fixed choices; null when any value is allowed'),
    requiredWhen: Type.Optional(
      Type.String({ description: 'Under which conditions it is required, as text; absent when it depends on none' })
    ),
    dependsOn: Type.Optional(DependsOn),
    properties: Type.Optional(
      Type.Unsafe<unknown[]>({
        type: 'array',
        items: { $ref: 'Field' },
        description: 'Fields of an object with fixed members'
      })
    )
  },
  { $id: 'Field' }
)

/** An action of the destination. */
export const Action = Type.Object(
  {
    key: Type.String({ description: 'The partnerAction of its mappings' }),
    title: Type.String(),
    description: Type.String(),
    defaultSubscription: Nullable(Type.String(), 'Filter of a new mapping; null when there is none'),
    fields: Type.Array(Type.Ref(Field))
  },
  { $id: 'Action' }
)

/** A mapping: which events go to which action of the destination, and with which fields. */
export const Subscription = Type.Object(
  {
    id: Type.String({ description: 'Given by the workbench' }),
    name: Type.String({ minLength: 1, maxLength: 200 }),
    partnerAction: Type.String({ description: 'Key of the action' }),
    subscribe: Type.String({ description: 'Filter in Segment\'s query language, for example type = "track"' }),
    enabled: Type.Boolean({ description: 'A disabled mapping takes no events' }),
    mapping: Type.Record(Type.String(), Type.Unknown(), { description: 'Values and directives by field' })
  },
  { $id: 'Subscription' }
)

/** A mapping as a user writes it: without an id. */
export const SubscriptionDraft = Type.Omit(Subscription, ['id'], { $id: 'SubscriptionDraft' })

/** A mapping that the definition proposes. */
export const Preset = Type.Object(
  {
    name: Type.String(),
    automatic: Type.Boolean({ description: 'Whether Segment creates it when the destination is added' }),
    partnerAction: Type.String(),
    subscribe: Nullable(Type.String(), 'Filter; null for presets of specific events of Segment Engage'),
    eventSlug: Nullable(Type.String(), 'Event of Segment Engage; null for automatic presets'),
    mapping: Type.Record(Type.String(), Type.Unknown(), { description: 'Values and directives by field' })
  },
  { $id: 'Preset' }
)

/** The description of the destination. */
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

/** A change of settings. */
export const SettingsChange = Type.Object(
  {
    target: Type.Optional(StringEnum(['emulator', 'real'], 'Where events go. Default: the current target')),
    values: Type.Record(Type.String(), SettingValue, {
      description: 'By key. A missing password is kept; any other missing setting is removed'
    })
  },
  { $id: 'SettingsChange' }
)

/** The settings of one target. Secrets are not included. */
export const Settings = Type.Object(
  {
    target: StringEnum(['emulator', 'real'], 'The target these settings are for'),
    values: Type.Record(Type.String(), SettingValue, { description: 'By key, without password fields' }),
    secretsSet: Type.Array(Type.String(), { description: 'Keys of the password fields that have a value' })
  },
  { $id: 'Settings' }
)

/** The result of a connection test. */
export const ConnectionTest = Type.Object(
  {
    ok: Type.Boolean(),
    message: Type.String({ description: 'The result as text, from the destination if it failed' })
  },
  { $id: 'ConnectionTest' }
)

/** One page of the choices of a dynamic field. */
export const DynamicChoices = Type.Object(
  {
    choices: Type.Array(Choice),
    nextPage: Nullable(Type.String(), 'Send it as page to get more; null on the last page'),
    error: Nullable(Type.String(), 'Why there are no choices; null when all went well')
  },
  { $id: 'DynamicChoices' }
)

/** What a mapping would make of an event, without sending anything. */
export const Preview = Type.Object(
  {
    matched: Type.Boolean({ description: 'Whether the filter takes the event' }),
    whyNot: Nullable(Type.String(), 'Why the filter does not take the event; null when it does'),
    payload: Type.Unknown({ description: 'What the mapping makes of the event; null when it cannot be mapped' }),
    problems: Type.Array(Type.Ref(Problem), { description: 'Why the framework rejects the payload' }),
    stored: Type.Array(
      Type.Object({
        key: Type.String({ description: 'By this key and the site code, anyone can read the fields' }),
        fields: Type.Record(Type.String(), Type.Unknown())
      }),
      { description: 'What the event would store in Kameleoon' }
    ),
    happens: Type.Ref(Happens)
  },
  { $id: 'Preview' }
)

export type Choice = Static<typeof Choice>
export type Field = Omit<Static<typeof Field>, 'properties'> & { properties?: Field[] }
export type Action = Omit<Static<typeof Action>, 'fields'> & { fields: Field[] }
export type Subscription = Static<typeof Subscription>
export type SubscriptionDraft = Static<typeof SubscriptionDraft>
export type SettingsChange = Static<typeof SettingsChange>
export type Preset = Static<typeof Preset>
export type Destination = Omit<Static<typeof Destination>, 'settings' | 'actions' | 'presets'> & {
  settings: Field[]
  actions: Action[]
  presets: Preset[]
}
export type Settings = Static<typeof Settings>
export type ConnectionTest = Static<typeof ConnectionTest>
export type DynamicChoices = Static<typeof DynamicChoices>
export type Preview = Omit<Static<typeof Preview>, 'problems' | 'happens'> & { problems: Problem[]; happens: Happens }
