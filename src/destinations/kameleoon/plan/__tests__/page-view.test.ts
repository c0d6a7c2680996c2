import { pageView } from '../page-view'

const page = (url: unknown, title?: unknown) => ({ page: { url, title } })

describe('a page that was seen', () => {
  it('is a PAGE event with address and title', () => {
    expect(pageView({ url: 'https://shop.example/a?b=1#c', title: 'A' }, undefined)).toEqual([
      {
        kind: 'event',
        eventType: 'PAGE',
        subject: '',
        parameters: { href: 'https://shop.example/a?b=1#c', title: 'A' }
      }
    ])
  })

  it('is taken from the context where the properties say nothing', () => {
    expect(pageView({}, page('https://shop.example/', 'Shop'))).toMatchObject([
      { parameters: { href: 'https://shop.example/', title: 'Shop' } }
    ])
  })

  it('is taken from the properties first', () => {
    const properties = { url: 'https://shop.example/a', title: 'A' }
    expect(pageView(properties, page('https://shop.example/b', 'B'))).toMatchObject([
      { parameters: { href: 'https://shop.example/a', title: 'A' } }
    ])
  })

  it('has no title if there is none', () => {
    const [{ parameters }] = pageView({ url: 'https://shop.example/' }, undefined)
    expect(parameters).toEqual({ href: 'https://shop.example/' })
  })

  it.each([
    ['no properties and no context', undefined, undefined],
    ['a title alone', { title: 'A' }, undefined],
    ['an empty address', { url: '' }, undefined],
    ['a blank address', { url: '  ' }, page(' ')],
    ['an address that is no string', { url: 12 }, page({})],
    ['a path alone', { path: '/a' }, undefined]
  ])('is none for %s', (_case, properties, context) => {
    expect(pageView(properties, context)).toEqual([])
  })

  it('loses what Kameleoon would cut: all after 200 characters of address and title', () => {
    const url = `https://shop.example/${'a'.repeat(300)}`
    const [{ parameters }] = pageView({ url, title: 'b'.repeat(201) }, undefined)
    expect(parameters).toEqual({ href: url.slice(0, 200), title: 'b'.repeat(200) })
  })

  it.each([
    ['an emoji that just fits', `${'a'.repeat(198)}🛒b`, `${'a'.repeat(198)}🛒`],
    ['an emoji across the cut', `${'a'.repeat(199)}🛒b`, 'a'.repeat(199)],
    ['half an emoji at the end', 'abc\ud83d', 'abc'],
    ['half an emoji at the start', '\uded2abc', 'abc'],
    ['half an emoji in the middle', 'a\ud83db', 'ab'],
    ['two halves in the wrong order', 'a\uded2\ud83db', 'ab'],
    ['spaces around', '  abc ', 'abc']
  ])('never ends in half a character: %s', (_case, title, expected) => {
    expect(pageView({ url: 'https://shop.example/', title }, undefined)).toMatchObject([
      { parameters: { title: expected } }
    ])
  })

  it('is none if nothing of its address can be sent', () => {
    expect(pageView({ url: '\ud83d' }, undefined)).toEqual([])
  })
})
