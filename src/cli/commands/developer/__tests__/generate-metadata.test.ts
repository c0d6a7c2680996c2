import { readFileSync, rmSync, writeFileSync } from 'fs'
import { join } from 'path'
import type { DestinationDefinition } from '@segment/actions-core'
import official from '@segment/action-destinations/dist/destinations/kameleoon'
import kameleoon from '../../../../destinations/kameleoon'
import { DESTINATION_FOLDER } from '../../../package-files'
import { destinationMetadata, metadataFile } from '../destination-metadata'
import { command, copiedFolder } from './command'

const COMMITTED = readFileSync(join(DESTINATION_FOLDER, 'metadata.json'), 'utf8')
const choices = () => Promise.resolve({ choices: [] })

/** A destination that uses whatever a definition can say. */
const everything: DestinationDefinition = {
  name: 'Everything',
  slug: 'actions-everything',
  mode: 'cloud',
  actions: {
    send: {
      title: 'Send',
      description: 'Sends.',
      platform: 'web',
      hidden: true,
      syncMode: {
        default: 'add',
        label: 'How',
        description: 'How to write.',
        choices: [{ value: 'add', label: 'Add' }]
      },
      fields: {
        text: {
          label: 'Text',
          description: 'A text.',
          type: 'string',
          required: { conditions: [{ fieldKey: 'size', operator: 'is', value: 1 }] },
          choices: ['a', 'b'],
          placeholder: 'a',
          category: 'data',
          format: 'uuid'
        },
        size: { label: 'Size', description: 'A size.', type: 'number', minimum: 1, maximum: 9, unsafe_hidden: true },
        shape: {
          label: 'Shape',
          description: 'A shape.',
          type: 'object',
          dynamic: true,
          additionalProperties: true,
          defaultObjectUI: 'keyvalue',
          properties: { side: { label: 'Side', type: 'integer', required: true } }
        }
      },
      // Their type follows the generated types, of which this destination has none.
      dynamicFields: { text: choices, shape: { __keys__: choices, side: choices } } as never,
      hooks: {
        onMappingSave: {
          label: 'Prepare',
          description: 'Prepares.',
          inputFields: { name: { label: 'Name', description: 'A name.', type: 'string', dynamic: choices } },
          outputTypes: { id: { label: 'ID', description: 'An id.', type: 'string', required: true } },
          performHook: () => ({})
        }
      },
      perform: () => undefined
    }
  },
  presets: [{ type: 'specificEvent', partnerAction: 'send', eventSlug: 'warehouse_all_events_track' }]
}

describe('metadata.json', () => {
  it('is committed and up to date', async () => {
    expect(metadataFile(kameleoon).content).toBe(COMMITTED)
    expect(await command(['generate:metadata', '--check'])).toMatchObject({
      code: 0,
      printed: 'up to date: metadata.json\n'
    })
  })

  it('has its attributes in the order of the catalog', () => {
    const { authentication, actions, presets, ...rest } = destinationMetadata(kameleoon)
    expect(Object.keys(destinationMetadata(kameleoon)).join()).toBe(
      'slug,name,mode,description,authentication,audienceConfig,actions,presets'
    )
    expect(rest.audienceConfig).toBeNull()
    expect(Object.keys(authentication?.fields.apiKey ?? {}).join()).toBe(
      'label,description,type,required,multiple,choices,default,depends_on'
    )
    const { logEvent } = actions
    expect(Object.keys(logEvent).join()).toBe(
      'title,description,platform,defaultSubscription,hidden,hasPerformBatch,syncMode,hooks,dynamicFields,fields'
    )
    expect(Object.keys(logEvent.fields.goalId).join()).toBe(
      'label,description,type,required,multiple,allowNull,dynamic,default,choices,placeholder,properties,category,' +
        'depends_on,readOnly,hidden,minimum,maximum,defaultObjectUI,disabledInputMethods,displayMode,format,' +
        'additionalProperties'
    )
    expect(Object.keys(presets[0]).join()).toBe('name,type,partnerAction,subscribe,mapping,eventSlug')
  })

  it('names only live choices for keys and values of objects, and no functions', () => {
    expect(destinationMetadata(kameleoon).actions.logEvent).toMatchObject({
      hasPerformBatch: true,
      dynamicFields: { customData: ['__keys__'], conversionMetadata: ['__keys__'] },
      fields: { goalId: { dynamic: true }, type: { dynamic: false, required: true, hidden: null } }
    })
    expect(COMMITTED).not.toContain('function')
  })

  it('of the official destination is as long as the one Segment commits, to the character', () => {
    // https://github.com/segmentio/action-destinations, packages/destination-actions/src/destinations/kameleoon/metadata.json
    expect(metadataFile(official as unknown as typeof kameleoon).content).toHaveLength(32_202)
  })

  it('keeps what a definition says of conditions, choices, hooks and sync modes', () => {
    const { actions, authentication, presets } = destinationMetadata(everything)
    expect(authentication).toBeNull()
    expect(actions.send).toMatchObject({
      platform: 'web',
      hidden: true,
      hasPerformBatch: false,
      defaultSubscription: null,
      syncMode: {
        default: 'add',
        label: 'How',
        description: 'How to write.',
        choices: [{ value: 'add', label: 'Add' }]
      },
      dynamicFields: { shape: ['__keys__'] },
      hooks: {
        onMappingSave: {
          label: 'Prepare',
          description: 'Prepares.',
          inputFields: { name: { type: 'string', dynamic: true, required: false } },
          outputFields: { id: { type: 'string', required: true, choices: null } }
        }
      },
      fields: {
        text: {
          required: { conditions: [{ fieldKey: 'size', operator: 'is', value: 1 }] },
          choices: [
            { label: 'a', value: 'a' },
            { label: 'b', value: 'b' }
          ],
          placeholder: 'a',
          category: 'data',
          format: 'uuid',
          properties: null
        },
        size: { minimum: 1, maximum: 9, hidden: true },
        shape: { additionalProperties: true, defaultObjectUI: 'keyvalue', properties: { side: { required: true } } }
      }
    })
    expect(JSON.parse(JSON.stringify(presets))).toEqual([
      { type: 'specificEvent', partnerAction: 'send', mapping: {}, eventSlug: 'warehouse_all_events_track' }
    ])
  })

  it('needs a slug', () => {
    expect(() => destinationMetadata({ ...everything, slug: undefined })).toThrow('The definition has no slug')
  })
})

describe('generate:metadata', () => {
  it('writes the file where there is none, and tells with --check that it is missing', async () => {
    const folder = copiedFolder()
    const path = join(folder, 'metadata.json')
    rmSync(path)
    expect(await command(['generate:metadata', '--check', '--directory', folder])).toMatchObject({ code: 1 })
    expect(await command(['generate:metadata', '--directory', folder])).toMatchObject({
      code: 0,
      printed: 'written: metadata.json\n'
    })
    expect(readFileSync(path, 'utf8')).toBe(COMMITTED)
  })

  it('does not write what breaks connections that customers have, unless told so', async () => {
    const folder = copiedFolder()
    const path = join(folder, 'metadata.json')
    const optional = COMMITTED.replace(
      /("sitecode": \{[^}]*"required": )true/,
      (_all, start: string) => `${start}false`
    )
    expect(optional).not.toBe(COMMITTED)
    writeFileSync(path, optional)
    const rejected = await command(['generate:metadata', '--directory', folder])
    expect(rejected.code).toBe(1)
    expect(rejected.printed).toBe(
      'x authentication.fields.sitecode is newly required: connections made before have no value for it\n\n' +
        '1 problem.\nmetadata.json is not written. --breaking writes it nevertheless, before the first customer.\n'
    )
    expect(readFileSync(path, 'utf8')).toBe(optional)
    expect(await command(['generate:metadata', '--breaking', '--directory', folder])).toMatchObject({ code: 0 })
    expect(readFileSync(path, 'utf8')).toBe(COMMITTED)
  })

  it.each([
    ['not JSON', '{', 'Cannot read'],
    ['something else', '{"slug": "x"}', 'is not the metadata.json of a destination']
  ])('ends with 2 when the present file is %s', async (_case, content, message) => {
    const folder = copiedFolder()
    writeFileSync(join(folder, 'metadata.json'), content)
    const { code, said } = await command(['generate:metadata', '--directory', folder])
    expect(code).toBe(2)
    expect(said).toContain(message)
  })
})
