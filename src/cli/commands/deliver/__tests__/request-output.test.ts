import type { RecordedRequest } from '../../../../emulator'
import { requestObject, requestText } from '../request-output'

const events: RecordedRequest = {
  method: 'POST',
  host: 'eu-data.kameleoon.io',
  path: '/visit/events',
  query: { siteCode: 'abc123def4', key: 'a b&c' },
  headers: {
    host: 'eu-data.kameleoon.io',
    connection: 'keep-alive',
    'content-length': '20',
    authorization: 'Bearer hush',
    'content-type': 'application/json',
    'user-agent': 'Test/1.0'
  },
  body: '[{"eventType":"PAGE","title":"日本\\n"}]',
  status: 204,
  at: 0
}
const token: RecordedRequest = {
  ...events,
  host: 'api.kameleoon.com',
  path: '/oauth/token',
  query: {},
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: 'grant_type=client_credentials&client_id=me&client_secret=hush'
}

describe('a request as an object', () => {
  it('has the address with its query, the headers that are not of Node, and the body as JSON', () => {
    expect(requestObject(events)).toEqual({
      method: 'POST',
      url: 'https://eu-data.kameleoon.io/visit/events?siteCode=abc123def4&key=a+b%26c',
      headers: { authorization: 'Bearer (hidden)', 'content-type': 'application/json', 'user-agent': 'Test/1.0' },
      body: [{ eventType: 'PAGE', title: '日本\n' }]
    })
  })

  it('has no credentials', () => {
    expect(requestObject(token)).toEqual({
      method: 'POST',
      url: 'https://api.kameleoon.com/oauth/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: '(hidden)'
    })
  })

  it.each([
    ['no body', '', null],
    ['a body that is not JSON', 'v1', 'v1'],
    ['a body that is null in JSON', 'null', null],
    ['a body of several lines of JSON', '{"a":1}\n{"b":2}', '{"a":1}\n{"b":2}']
  ])('has %s as it is', (_what, body, shown) => {
    expect(requestObject({ ...events, body }).body).toEqual(shown)
  })

  it('is one line of JSON, however many lines its texts have', () => {
    const line = JSON.stringify(requestObject(events))
    expect(line).not.toContain('\n')
    expect(JSON.parse(line)).toEqual(requestObject(events))
  })

  it.each([
    ['visit events', events],
    ['the token', token]
  ])('tells the same as the text, for %s', (_what, request) => {
    const { method, url, headers, body } = requestObject(request)
    const [head, text] = requestText(request).trimEnd().split('\n\n')
    expect(head.split('\n')).toEqual([
      `${method} ${url}`,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
    ])
    expect(typeof body === 'string' ? text : JSON.parse(text)).toEqual(body)
    expect(requestText(request)).not.toContain('hush')
  })
})
