import { HTTPError, IntegrationError, type DestinationDefinition } from '@segment/actions-core'
import type { FastifyInstance } from 'fastify'
import kameleoon from '../../../../destinations/kameleoon'
import { connectTo, startEmulator, type Emulator } from '../../../../emulator'
import { smallDestination } from '../../../../segment-host/__tests__/small-destination'
import { createServer } from '../server/create-server'

type Json = Record<string, unknown>

/** What a call was answered with. */
interface Answer {
  status: number
  headers: Headers
  body: unknown
}

let emulator: Emulator
let accounts = 0
const closing: (() => Promise<unknown>)[] = []

beforeEach(async () => {
  // The destination keeps tokens and goals by account, so every test has one of its own.
  const clientId = `served-not-real-${++accounts}`
  emulator = await startEmulator({ rateLimits: false, clientId, clientSecret: 'secret-not+real/1' })
  closing.push(() => emulator.close())
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** Serves a destination, ours unless told otherwise; resolves to a function that calls it. */
async function served(definition?: unknown, log: (line: string) => void = () => undefined) {
  const given = (definition ?? connectTo(kameleoon, emulator)) as DestinationDefinition<unknown>
  const app: FastifyInstance = createServer({ definition: given, directoryName: 'kameleoon', log })
  closing.push(() => app.close())
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  return async (operation: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> => {
    const [method, path] = operation.split(' ')
    const init = body === undefined ? {} : { body: JSON.stringify(body) }
    const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' }
    const response = await fetch(`${address}${path}`, { method, ...init, headers: { ...type, ...headers } })
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? '' : (JSON.parse(text) as unknown)
    }
  }
}

const settings = (): Json => ({ apiKey: emulator.apiKey, sitecode: emulator.sitecode })

const order = {
  type: 'track',
  event: 'Order Completed',
  messageId: 'message-1',
  timestamp: '2026-01-31T12:00:00.000Z',
  userId: 'user-1',
  properties: { revenue: 49.9 }
}

interface Exchange {
  request: { url: string; method: string; headers: Record<string, string>; body: string }
  response: { statusCode: number; statusMessage: string; headers: Record<string, string>; body: unknown }
}

const exchangesIn = ({ body }: Answer): Exchange[] => body as Exchange[]
const askedFor = (answer: Answer): string[] =>
  exchangesIn(answer).map(({ request: { method, url } }) => `${method} ${new URL(url).pathname}`)

describe('GET /manifest', () => {
  it('is the definition as JSON, with the name of its folder', async () => {
    const call = await served()
    const { status, body } = await call('GET /manifest')
    expect(status).toBe(200)
    expect(body).toEqual({ ...(JSON.parse(JSON.stringify(kameleoon)) as object), directoryName: 'kameleoon' })
    expect(body).toMatchObject({ slug: 'actions-kameleoon', actions: { logEvent: { title: 'Log Event' } } })
  })
})

describe('POST /<action>', () => {
  it('runs one event with the default mapping and tells every exchange', async () => {
    const call = await served()
    const answer = await call('POST /logEvent', { payload: order, settings: settings() })
    expect(answer.status).toBe(200)
    expect(askedFor(answer)).toEqual([
      ...['POST /oauth/token', 'GET /map/maps', 'GET /sites', 'GET /goals', 'POST /visit/events']
    ])
    const last = exchangesIn(answer)[4]
    expect(last).toEqual({
      request: {
        url: 'https://eu-data.kameleoon.io/visit/events?siteCode=emulated01&json=true&bodyUa=true',
        method: 'POST',
        headers: {
          authorization: '<redacted>',
          'content-type': 'application/json',
          'user-agent': expect.stringContaining('SegmentKameleoonDestination/') as string
        },
        body: expect.any(String) as string
      },
      response: {
        statusCode: 204,
        statusMessage: 'No Content',
        headers: expect.objectContaining({ connection: 'keep-alive' }) as object,
        body: ''
      }
    })
    expect(JSON.parse(last.request.body)).toMatchObject([
      { eventType: 'CONVERSION', revenue: 49.9, visitorCode: 'user-1' }
    ])
    expect(emulator.discarded).toEqual([])
  })

  it('puts a given mapping over the defaults', async () => {
    const call = await served()
    const mapping = { kameleoonVisitorCode: { '@path': '$.anonymousId' }, goalId: '310001' }
    const answer = await call('POST /logEvent', {
      payload: { ...order, anonymousId: 'anonymous-1' },
      mapping,
      settings: settings()
    })
    expect(askedFor(answer)).toEqual(['POST /oauth/token', 'POST /visit/events'])
    expect(JSON.parse(exchangesIn(answer)[1].request.body)).toMatchObject([
      { goalId: 310_001, revenue: 49.9, visitorCode: 'anonymous-1' }
    ])
  })

  it('runs a list of events as one batch, and logs the outcome of each', async () => {
    const lines: string[] = []
    const call = await served(undefined, (line) => lines.push(line))
    const payload = [order, { ...order, messageId: 'message-2', userId: undefined }]
    const answer = await call('POST /logEvent', { payload, settings: settings() })
    expect(askedFor(answer)).toEqual([
      ...['POST /oauth/token', 'GET /map/maps', 'GET /sites', 'GET /goals', 'POST /visit/events']
    ])
    expect(JSON.parse(exchangesIn(answer)[4].request.body)).toHaveLength(1)
    expect(lines[0]).toBe('  event 1 of the batch: 200')
    expect(lines[1]).toMatch(/^ {2}event 2 of the batch: 400 kameleoonVisitorCode is missing/)
    expect(lines[2]).toMatch(/^200 POST \/logEvent \d+ ms$/)
  })

  it('answers 200 with the error of an action, its stack and nothing else', async () => {
    const call = await served()
    const { status, body } = await call('POST /logEvent', {
      payload: { ...order, userId: undefined },
      settings: settings()
    })
    expect(status).toBe(200)
    expect(body).toEqual([
      {
        statusCode: 400,
        message: expect.stringMatching(/^kameleoonVisitorCode is missing/) as string,
        stack: expect.arrayContaining([expect.stringContaining('PayloadValidationError')]) as string[],
        requestError: true
      }
    ])
  })

  it('names the fields that do not fit', async () => {
    const call = await served()
    const { body } = await call('POST /logEvent', {
      payload: { ...order, timestamp: 'yesterday' },
      settings: settings()
    })
    expect(body).toMatchObject([
      {
        statusCode: 500,
        message: expect.stringContaining('Timestamp must be a valid date') as string,
        fields: { timestamp: expect.stringContaining('must be a valid date') as string },
        requestError: true
      }
    ])
  })

  it('shows nothing of a failed call in the answer to the next one', async () => {
    const call = await served()
    emulator.faults.add({ path: '/visit/events', status: 500, times: 1 })
    const failed = await call('POST /logEvent', { payload: order, mapping: { goalId: '310001' }, settings: settings() })
    expect(failed.body).toMatchObject([{ statusCode: 500, requestError: true }])
    const next = await call('POST /logEvent', { payload: order, mapping: { goalId: '310001' }, settings: settings() })
    expect(askedFor(next)).toEqual(['POST /visit/events'])
  })

  it('runs several calls at a time, each with its own exchanges', async () => {
    const call = await served()
    await call('POST /authenticate', settings())
    const answers = await Promise.all(
      [1, 2, 3, 4].map((number) =>
        call('POST /logEvent', {
          payload: { ...order, messageId: `message-${number}`, userId: `user-${number}` },
          mapping: { goalId: '310001' },
          settings: settings()
        })
      )
    )
    answers.forEach((answer, index) => {
      const sent = exchangesIn(answer).filter(({ request }) => request.url.includes('/visit/events'))
      expect(sent.map(({ request }) => JSON.parse(request.body) as unknown)).toEqual([
        [expect.objectContaining({ visitorCode: `user-${index + 1}` })]
      ])
    })
  })

  it('takes settings, features and auth to the action, and audience settings from the event', async () => {
    const seen: Json[] = []
    const { definition } = smallDestination()
    definition.actions.take.perform = (_request, data) => void seen.push(data as unknown as Json)
    const call = await served(definition)
    await call('POST /take', {
      payload: { messageId: 'm1', context: { personas: { audience_settings: { list: 7 } } } },
      settings: { apiKey: 'key' },
      auth: { accessToken: 'token' },
      features: { fast: true },
      subscriptionMetadata: { sourceId: 's1' }
    })
    expect(seen).toMatchObject([
      {
        payload: { id: 'm1' },
        settings: { apiKey: 'key' },
        auth: { accessToken: 'token' },
        features: { fast: true },
        subscriptionMetadata: { sourceId: 's1' },
        audienceSettings: { list: 7 }
      }
    ])
  })

  it('takes the event for a mapping where there is none at all', async () => {
    const seen: unknown[] = []
    const { definition } = smallDestination()
    definition.actions.take.fields = { id: { label: 'ID', description: 'An id.', type: 'string' } }
    definition.actions.take.perform = (_request, { payload }: { payload: unknown }) => void seen.push(payload)
    const call = await served(definition)
    await call('POST /take', { payload: { id: 'm1' } })
    expect(seen).toEqual([{ id: 'm1' }])
  })

  it.each<[string, Error, object]>([
    ['an error with a status', new IntegrationError('No.', 'NO', 422), { statusCode: 422, message: 'No.' }],
    ['one without', new TypeError('Broken.'), { statusCode: 500, message: 'Broken.' }],
    [
      'an answer of the service',
      new HTTPError(
        Object.assign(new Response('', { status: 418 }), { data: { tea: true } }),
        {} as never,
        {} as never
      ),
      { statusCode: 418, message: { tea: true } }
    ]
  ])('tells %s', async (_case, error, told) => {
    const { definition } = smallDestination()
    definition.actions.take.perform = () => Promise.reject(error)
    const call = await served(definition)
    expect((await call('POST /take', { payload: { messageId: 'm1' } })).body).toMatchObject([told])
  })
})

describe('POST /authenticate', () => {
  it('takes flat settings', async () => {
    const call = await served()
    expect(await call('POST /authenticate', settings())).toMatchObject({ status: 200, body: { ok: true } })
  })

  it('tells why settings are wrong', async () => {
    const call = await served()
    const { status, body } = await call('POST /authenticate', { ...settings(), sitecode: 'x' })
    expect(status).toBe(200)
    expect(body).toEqual({
      ok: false,
      error: expect.stringContaining('Sitecode must be 10 lower-case letters and digits') as string,
      fields: {}
    })
  })

  it('names settings that are missing', async () => {
    const call = await served()
    const { body } = await call('POST /authenticate', { sitecode: 'emulated01' })
    expect(body).toEqual({
      ok: false,
      error: "The root value is missing the required field 'apiKey'.",
      fields: { $: "The root value is missing the required field 'apiKey'." }
    })
  })
})

describe('POST /refreshAccessToken', () => {
  it('answers 400 where the scheme knows no tokens', async () => {
    const call = await served()
    expect(await call('POST /refreshAccessToken', { settings: {}, refreshToken: 'r' })).toMatchObject({
      status: 400,
      body: { ok: false, error: 'refreshAccessToken is only valid with oauth2 authentication scheme' }
    })
  })

  it('passes on what a scheme with tokens gets', async () => {
    const { definition } = smallDestination()
    definition.authentication = {
      scheme: 'oauth2',
      fields: {},
      refreshAccessToken: (_request, { auth }) => Promise.resolve({ accessToken: `new for ${auth.refreshToken}` })
    }
    const call = await served(definition)
    expect(await call('POST /refreshAccessToken', { settings: {}, refreshToken: 'r' })).toMatchObject({
      status: 200,
      body: { ok: true, data: { accessToken: 'new for r' } }
    })
  })
})

describe('POST /delete', () => {
  it('deletes a user and tells every exchange', async () => {
    const call = await served()
    const answer = await call('POST /delete', { payload: { userId: 'user-1' }, settings: settings() })
    expect(answer.status).toBe(200)
    expect(askedFor(answer)).toEqual(expect.arrayContaining(['POST /oauth/token', 'POST /visit/forget']))
  })

  it('answers 200 with an error', async () => {
    const call = await served()
    const { status, body } = await call('POST /delete', {
      payload: { userId: 'u' },
      settings: { ...settings(), sitecode: 'x' }
    })
    expect(status).toBe(200)
    expect(body).toMatchObject([{ statusCode: 400, requestError: true }])
  })

  it('is not there where nothing can be deleted', async () => {
    const call = await served(smallDestination().definition)
    expect((await call('POST /delete', {})).status).toBe(404)
  })
})

describe('POST /<action>/<field>', () => {
  it('answers with live choices of a field, and of the keys of an object', async () => {
    const call = await served()
    const goals = await call('POST /logEvent/goalId', { settings: settings(), payload: {}, page: 1 })
    expect(goals).toMatchObject({
      status: 200,
      body: { choices: [{ value: '310001', label: 'Order Completed' }, {}, {}, {}] }
    })
    const keys = await call('POST /logEvent/customData.__keys__', { settings: settings() })
    expect(keys).toMatchObject({ status: 200, body: { choices: [{ value: '1', label: 'Plan' }, {}, {}, {}, {}, {}] } })
  })

  it('answers 500 with the error of a list that cannot be read', async () => {
    const call = await served()
    const { status, body } = await call('POST /logEvent/goalId', { settings: { ...settings(), sitecode: 'x' } })
    expect(status).toBe(500)
    expect(body).toEqual([{ code: '400', message: expect.stringContaining('Sitecode must be 10') as string }])
  })

  it('answers 500 for a field without live choices', async () => {
    const call = await served()
    expect(await call('POST /logEvent/event', {})).toMatchObject({
      status: 500,
      body: [{ code: '404', message: 'No dynamic field named event found.' }]
    })
  })
})

describe('POST /<action>/hooks/<hook>', () => {
  const hooked = () => {
    const { definition } = smallDestination()
    Object.assign(definition.actions.take, {
      hooks: {
        onMappingSave: {
          label: 'Prepare',
          description: 'Prepares.',
          inputFields: {
            name: {
              label: 'Name',
              description: 'A name.',
              type: 'string',
              dynamic: (_request: unknown, { payload }: { payload: Json }) => ({
                choices: [{ label: 'Seen', value: payload.id }]
              })
            }
          },
          performHook: (_request: unknown, { hookInputs }: { hookInputs: Json }) => {
            if (hookInputs.name === 'bad') throw new IntegrationError('Cannot prepare.', 'BAD', 400)
            return { successMessage: 'Prepared.', savedData: { name: hookInputs.name } }
          }
        }
      }
    })
    return definition
  }

  it('runs the hook with its inputs', async () => {
    const call = await served(hooked())
    expect(await call('POST /take/hooks/onMappingSave', { hookInputs: { name: 'good' } })).toMatchObject({
      status: 200,
      body: { successMessage: 'Prepared.', savedData: { name: 'good' } }
    })
  })

  it('answers 500 with the error of the hook', async () => {
    const call = await served(hooked())
    expect(await call('POST /take/hooks/onMappingSave', { hookInputs: { name: 'bad' } })).toMatchObject({
      status: 500,
      body: [{ message: 'Cannot prepare.', code: 'BAD', status: 400 }]
    })
  })

  it('answers with live choices of its inputs', async () => {
    const call = await served(hooked())
    expect(await call('POST /take/hooks/onMappingSave/dynamic/name', { payload: { id: 'i1' } })).toMatchObject({
      status: 200,
      body: { choices: [{ label: 'Seen', value: 'i1' }] }
    })
  })
})

describe('secrets', () => {
  it('are in no answer: neither key nor client secret nor token', async () => {
    const call = await served()
    const answers = [
      await call('POST /logEvent', { payload: order, settings: settings() }),
      await call('POST /delete', { payload: { userId: 'user-1' }, settings: settings() })
    ]
    const [exchange] = exchangesIn(answers[0])
    expect(exchange.request.body).toMatch(/^grant_type=client_credentials&client_id=[^&]+&client_secret=<redacted>$/)
    expect(exchange.response.body).toMatchObject({ access_token: '<redacted>' })
    const shown = JSON.stringify(answers)
    for (const secret of [emulator.apiKey, 'secret-not+real/1', encodeURIComponent('secret-not+real/1'), 'Bearer ']) {
      expect(shown).not.toContain(secret)
    }
  })

  it('are not in errors either', async () => {
    const { definition } = smallDestination()
    definition.actions.take.perform = (_request, { settings: { apiKey } }) => {
      throw new Error(`The key ${JSON.stringify(apiKey)} is wrong`)
    }
    const call = await served(definition)
    const { body } = await call('POST /take', { payload: { messageId: 'm1' }, settings: { apiKey: 'key-not-real' } })
    expect(body).toMatchObject([{ message: 'The key "<redacted>" is wrong' }])
    expect(JSON.stringify(body)).not.toContain('key-not-real')
  })
})

describe('pages', () => {
  it.each(['https://app.segment.com', 'https://eu1.app.segment.com', 'http://localhost:8000'])(
    'of %s may call',
    async (origin) => {
      const call = await served()
      const { status, headers } = await call('POST /authenticate', settings(), { origin })
      expect(status).toBe(200)
      expect(headers.get('access-control-allow-origin')).toBe(origin)
      expect(headers.get('vary')).toBe('Origin')
    }
  )

  it('of Segment may ask first', async () => {
    const call = await served()
    const { status, headers } = await call('OPTIONS /logEvent', undefined, {
      origin: 'https://app.segment.com',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,x-tester'
    })
    expect(status).toBe(204)
    expect(headers.get('access-control-allow-methods')).toBe('GET, POST')
    expect(headers.get('access-control-allow-headers')).toBe('content-type,x-tester')
    expect(headers.get('access-control-allow-private-network')).toBe('true')
  })

  it('of others may not', async () => {
    const call = await served()
    const { status, headers, body } = await call('POST /authenticate', settings(), { origin: 'https://evil.example' })
    expect(status).toBe(403)
    expect(headers.get('access-control-allow-origin')).toBeNull()
    expect(body).toEqual({ statusCode: 403, message: 'Pages of https://evil.example may not use this server' })
  })

  it('cannot pass JSON off as plain text', async () => {
    const call = await served()
    expect((await call('POST /authenticate', settings(), { 'content-type': 'text/plain' })).status).toBe(415)
  })
})
