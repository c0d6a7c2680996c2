import type { DestinationDefinition, JSONObject } from '@segment/actions-core'
import kameleoon from '../../../destinations/kameleoon'
import { describeDestination } from '../destination/describe-destination'
import type { HostedDefinition } from '../hosted'

const text = { label: 'Label', description: 'What it is.' }

/** Everything a definition may say of a field, in a destination that does not exist. */
const invented: DestinationDefinition<JSONObject> = {
  name: 'Invented',
  mode: 'cloud',
  authentication: {
    scheme: 'custom',
    fields: {
      secret: { ...text, type: 'password', required: true },
      host: { ...text, type: 'string', choices: [{ value: 'a', label: 'A' }], default: 'a' }
    }
  },
  actions: {
    act: {
      title: 'Act',
      description: 'Acts.',
      fields: {
        plain: { ...text, type: 'string', choices: ['one', 'two'], placeholder: 'one or two' },
        sometimes: {
          ...text,
          type: 'string',
          required: {
            match: 'any',
            conditions: [
              { fieldKey: 'plain', operator: 'is', value: 'one' },
              { fieldKey: 'pairs', operator: 'is_not', value: undefined }
            ]
          },
          depends_on: { conditions: [{ fieldKey: 'plain', operator: 'is_not', value: undefined }] }
        },
        pairs: { ...text, type: 'object', defaultObjectUI: 'keyvalue:only', additionalProperties: true, dynamic: true },
        items: {
          ...text,
          type: 'object',
          category: 'internal',
          displayMode: 'collapsed',
          multiple: true,
          properties: { price: { label: 'Price', type: 'number', required: true, default: { '@path': '$.price' } } }
        },
        hidden: { ...text, type: 'integer', unsafe_hidden: true, default: 0 }
      },
      perform: () => undefined
    }
  },
  presets: [
    { type: 'automatic', name: 'All', partnerAction: 'act', subscribe: 'type = "track"', mapping: { plain: 'one' } },
    { type: 'specificEvent', name: 'Entered', partnerAction: 'act', eventSlug: 'warehouse_audience_entered_track' }
  ]
}

const field = {
  ...{ ...text, type: 'string', required: false, multiple: false, dynamic: false, keyValue: false, hidden: false },
  ...{ category: null, collapsed: false, placeholder: null, default: null, choices: null }
}

describe('the description of a destination', () => {
  it('is made from the definition alone', () => {
    expect(describeDestination(invented)).toEqual({
      name: 'Invented',
      description: '',
      settings: [
        { ...field, key: 'secret', type: 'password', required: true },
        { ...field, key: 'host', choices: [{ label: 'A', value: 'a' }], default: 'a' }
      ],
      actions: [
        {
          key: 'act',
          title: 'Act',
          description: 'Acts.',
          defaultSubscription: null,
          fields: [
            {
              ...field,
              key: 'plain',
              placeholder: 'one or two',
              choices: [
                { label: 'one', value: 'one' },
                { label: 'two', value: 'two' }
              ]
            },
            {
              ...field,
              key: 'sometimes',
              requiredWhen: 'plain is "one" or pairs is not empty',
              dependsOn: { match: 'all', conditions: [{ fieldKey: 'plain', operator: 'is_not' }] }
            },
            { ...field, key: 'pairs', type: 'object', keyValue: true, dynamic: true },
            {
              ...field,
              key: 'items',
              category: 'internal',
              collapsed: true,
              type: 'object',
              multiple: true,
              properties: [
                {
                  ...field,
                  key: 'price',
                  label: 'Price',
                  description: '',
                  type: 'number',
                  required: true,
                  default: { '@path': '$.price' }
                }
              ]
            },
            { ...field, key: 'hidden', type: 'integer', hidden: true, default: 0 }
          ]
        }
      ],
      presets: [
        {
          name: 'All',
          automatic: true,
          partnerAction: 'act',
          subscribe: 'type = "track"',
          eventSlug: null,
          mapping: { plain: 'one' }
        },
        {
          name: 'Entered',
          automatic: false,
          partnerAction: 'act',
          subscribe: null,
          eventSlug: 'warehouse_audience_entered_track',
          mapping: {}
        }
      ]
    })
  })

  it('has every setting, action, field and preset of Kameleoon', () => {
    const described = describeDestination(kameleoon as unknown as HostedDefinition)
    expect(described.settings.map(({ key }) => key)).toEqual(['apiKey', 'sitecode', 'dataRegion'])
    for (const { key, fields } of described.actions) {
      const { fields: declared } = kameleoon.actions[key]
      expect(fields.map((one) => one.key)).toEqual(Object.keys(declared))
    }
    expect(described.actions.map(({ key }) => key)).toEqual(Object.keys(kameleoon.actions))
    expect(described.presets).toHaveLength(kameleoon.presets?.length ?? 0)
    const [logEvent] = described.actions
    expect(logEvent.fields.find(({ key }) => key === 'customData')).toMatchObject({ keyValue: true, dynamic: true })
    expect(logEvent.fields.find(({ key }) => key === 'messageId')).toMatchObject({ required: true })
  })

  it('is plain JSON', () => {
    const described = describeDestination(kameleoon as unknown as HostedDefinition)
    expect(JSON.parse(JSON.stringify(described))).toEqual(described)
  })
})
