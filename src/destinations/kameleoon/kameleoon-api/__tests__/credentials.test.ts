import { apiKeyOf, errorFrom } from '../../__tests__/__helpers__/kameleoon'
import { decodeApiKey } from '../connection'
import { CredentialsError } from '../errors'

const base64 = (text: string) => Buffer.from(text).toString('base64')

describe('an API key', () => {
  const key = apiKeyOf({ id: 'fake-id', secret: 'fake-secret' })
  const credentials = { id: 'fake-id', secret: 'fake-secret' }

  it.each([
    ['as copied', key],
    ['with spaces around it', `  ${key}\n`],
    ['wrapped over several lines', key.replace(/(.{10})/g, '$1\r\n')],
    ['without padding', key.replace(/=+$/, '')],
    ['with further members', apiKeyOf({ ...credentials, name: 'Segment' })]
  ])('is decoded %s', (_case, apiKey) => {
    expect(decodeApiKey(apiKey)).toEqual(credentials)
  })

  it('is decoded in the alphabet for addresses', () => {
    const odd = { id: 'fake-id', secret: 'fake>>>???ÿÿÿ' }
    const urlSafe = apiKeyOf(odd).replace(/\+/g, '-').replace(/\//g, '_')
    expect(urlSafe).toMatch(/[-_]/)
    expect(decodeApiKey(urlSafe)).toEqual(odd)
  })

  it.each([
    { id: 'fake-é-🛒', secret: 'fäke-ключ' },
    { id: 'fake&id=1', secret: 'fake+%20 secret' }
  ])('keeps credentials beyond ASCII and with signs that addresses use: %j', (odd) => {
    expect(decodeApiKey(apiKeyOf(odd))).toEqual(odd)
  })

  it.each([
    ['empty', '', 'API Key is empty.'],
    ['blank', ' \n ', 'API Key is empty.'],
    ['not base64', 'fake-key: not base64!', 'API Key is not base64.'],
    ['plain JSON', '{"id":"fake-id","secret":"fake-secret"}', 'API Key is not base64.'],
    ['base64 in quotes', '"ZmFrZQ=="', 'API Key is not base64.'],
    ['padded in the middle', 'ZmFr=ZQ', 'API Key is not base64.'],
    ['not JSON', base64('fake-id:fake-secret'), 'API Key does not decode to JSON.'],
    ['cut off', base64('{"id":"fake-id","sec'), 'API Key does not decode to JSON.'],
    ['null', apiKeyOf(null), 'API Key does not decode to an object with id and secret.'],
    ['a list', apiKeyOf(['fake-id', 'fake-secret']), 'API Key does not decode to an object with id and secret.'],
    ['a string', apiKeyOf('fake-secret'), 'API Key does not decode to an object with id and secret.'],
    ['a number', apiKeyOf(12), 'API Key does not decode to an object with id and secret.'],
    ['an empty object', apiKeyOf({}), 'API Key holds no client id.'],
    ['without id', apiKeyOf({ secret: 'fake-secret' }), 'API Key holds no client id.'],
    ['with a blank id', apiKeyOf({ id: '  ', secret: 'fake-secret' }), 'API Key holds no client id.'],
    ['with an id that is a number', apiKeyOf({ id: 12, secret: 'fake-secret' }), 'API Key holds no client id.'],
    ['without secret', apiKeyOf({ id: 'fake-id' }), 'API Key holds no client secret.'],
    ['with an empty secret', apiKeyOf({ id: 'fake-id', secret: '' }), 'API Key holds no client secret.'],
    ['with a null secret', apiKeyOf({ id: 'fake-id', secret: null }), 'API Key holds no client secret.']
  ])('that is %s is rejected in words that say what to do and never quote it', async (_case, apiKey, message) => {
    const error = await errorFrom(() => decodeApiKey(apiKey))
    expect(error).toBeInstanceOf(CredentialsError)
    expect(error.message).toBe(`${message} Copy it again from Kameleoon: My profile > API credentials.`)
    expect(`${error.message} ${error.stack ?? ''}`).not.toMatch(/fake-(id|secret)|ZmFr/)
  })

  it('takes nothing from the prototype of every object', () => {
    expect(() => decodeApiKey(base64('{"__proto__":{"id":"fake-id","secret":"fake-secret"}}'))).toThrow(
      'API Key holds no client id.'
    )
  })
})
