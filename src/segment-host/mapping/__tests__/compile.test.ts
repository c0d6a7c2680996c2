import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import { transform } from '@segment/actions-core'
import { compileMapping } from '..'
import kameleoon from '../../../destinations/kameleoon'
import { presetSubscriptions } from '../../subscription'
import { frozen } from './portrait'

const event = frozen({
  type: 'track',
  event: 'Order Completed',
  properties: { total: 0, text: '', list: [{ id: 'a' }, 'b', null], nothing: null, inner: { a: { b: [1] } } },
  'dotted.name': 1
}) as unknown as SegmentEvent

const mapped = (mapping: JSONObject, of = event): unknown => compileMapping(mapping)?.(of)
const field = (value: unknown): unknown => (mapped({ field: value as JSONObject }) as { field: unknown }).field

describe('a compiled mapping', () => {
  it.each(presetSubscriptions(kameleoon))('maps as the framework does: preset $name', ({ mapping }) => {
    expect(mapped(mapping)).toEqual(transform(mapping, { ...event }))
  })

  it.each([
    ['$.event', 'Order Completed'],
    ["properties['list'][0].id", 'a'],
    ['properties.total.more', 0],
    ['properties.text.length', ''],
    ['properties.list.length', 3],
    ['properties.nothing.more', null],
    ['dotted.name', undefined],
    ['constructor', Object]
  ])('reads the path %s', (path, value) => expect(field({ '@path': path })).toEqual(value))

  it.each([
    ['{{event}}: {{ properties.total }}', 'Order Completed: 0'],
    ['{{missing}}|{{properties.nothing}}|{{}}|{{properties.inner}}', '||{{}}|[object Object]'],
    ['{{{properties.list[1]}}}', 'b']
  ])('renders the template %s', (template, text) => expect(field({ '@template': template })).toBe(text))

  it('renders placeholders that a value in three braces brings', () => {
    const outer = { type: 'track', event: '{{userId}}', userId: 'u' } as SegmentEvent
    expect(mapped({ field: { '@template': '{{{event}}} {{event}}' } }, outer)).toEqual({ field: 'u {{userId}}' })
  })

  it('takes 0 for there, and for blank', () => {
    const of = { '@path': '$.properties.total' }
    expect(field({ '@if': { exists: of, then: 'there', else: 'none' } })).toBe('there')
    expect(field({ '@if': { blank: of, then: 'filled', else: 'blank' } })).toBe('blank')
  })

  it('maps the items of a list, and an object as a list of one', () => {
    const shape = { id: { '@case': { operator: 'upper', value: { '@path': '$.id' } } } }
    expect(field({ '@arrayPath': ['$.properties.list', shape] })).toEqual([{ id: 'A' }, {}, { id: null }])
    expect(field({ '@arrayPath': ['$.properties.inner', { a: { '@path': 'a.b' } }] })).toEqual([{ a: [1] }])
  })

  it('copies what it takes from the event', () => {
    const payload = mapped({ first: { '@path': '$.properties' }, second: { '@path': '$.properties' } }) as Copies
    payload.first.inner.a.b.push(2)
    expect(payload.second.inner.a.b).toEqual([1])
    expect(event.properties).toMatchObject({ inner: { a: { b: [1] } } })
  })

  it('leaves a field to the framework when it does not know the directive, and only this field', () => {
    const merge = { '@merge': { direction: 'right', objects: [{ a: 1 }, { '@path': '$.properties.inner' }] } }
    const mapping: JSONObject = { merged: { list: [merge] as never }, event: { '@path': '$.event' } }
    expect(mapped(mapping)).toEqual({ merged: { list: [{ a: { b: [1] } }] }, event: 'Order Completed' })
    expect(mapped({ constructor: { '@json': { mode: 'decode', value: { '@path': '$.none' } } } })).toEqual({})
  })

  it('throws the error of the framework, and only for events that come to the fault', () => {
    const faulty = [{ '@case': { operator: 'title', value: { '@path': '$.userId' } } }]
    expect(mapped({ faulty })).toEqual({ faulty: [undefined] })
    const withUser = { ...event, userId: 'u' }
    expect(() => mapped({ faulty }, withUser)).toThrow('operator key should have a value of "lower" or "upper"')
  })

  it.each<[string, string]>([
    ['a directive that does not exist', '{"a":{"@nothing":1}}'],
    ['two directives in one', '{"a":{"@path":"b","@literal":"c"}}'],
    ['a list in place of a path', '{"a":{"@path":["b"]}}'],
    ['a directive for the whole payload', '{"__segment_internal_directive":{"@transform":{"apply":{}}},"a":1}'],
    ['a field that would become the prototype', '{"__proto__":{"a":1}}']
  ])('is none for %s', (_what, text) => expect(compileMapping(JSON.parse(text) as JSONObject)).toBeNull())
})

interface Copies {
  first: { inner: { a: { b: number[] } } }
  second: { inner: { a: { b: number[] } } }
}
