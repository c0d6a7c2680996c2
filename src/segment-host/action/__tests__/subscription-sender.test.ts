import { createServer, type Server } from 'http'
import type { AddressInfo } from 'net'
import { Destination, MultiStatusResponse } from '@segment/actions-core'
import type {
  ActionDefinition,
  DestinationDefinition,
  JSONObject,
  SegmentEvent,
  HTTPError
} from '@segment/actions-core'
import { hostDestination, outcomeOf, type OutcomeNode, type Subscription } from '../..'

type Perform = NonNullable<ActionDefinition<JSONObject>['performBatch']>
type Data = Parameters<Perform>[1]

const field = { label: 'Field', description: 'A field.' }

/** A destination with one action that answers as the test asks. */
function destinationThat(performBatch?: Perform, rest: object = {}): DestinationDefinition<JSONObject> {
  return {
    name: 'Small (Actions)',
    mode: 'cloud',
    authentication: { scheme: 'custom', fields: { limit: { ...field, type: 'number', required: true } } },
    extendRequest: ({ settings }) => ({ headers: { 'x-limit': JSON.stringify(settings.limit) } }),
    actions: {
      take: {
        title: 'Take',
        description: 'Takes events.',
        fields: {
          id: { ...field, type: 'string', required: true },
          count: { ...field, type: 'number' }
        },
        syncMode: { ...field, default: 'add', choices: [{ label: 'Add', value: 'add' }] },
        hooks: { onMappingSave: { ...field, performHook: () => ({}) } },
        perform: () => undefined,
        performBatch
      }
    },
    ...rest
  }
}

const settings = { limit: '5', unknown: 1, oauth: { access_token: 'token' } }

const take: Subscription = {
  name: 'Take',
  partnerAction: 'take',
  subscribe: 'type = "track"',
  mapping: {
    id: { '@path': '$.messageId' },
    count: { '@path': '$.properties.count' },
    __segment_internal_sync_mode: 'add',
    __segment_internal_matching_key: 7,
    onMappingSave: { outputs: { list: 'a' } }
  }
}

const track = (messageId: string, count: unknown = 1): SegmentEvent =>
  ({ type: 'track', messageId, properties: { count } }) as SegmentEvent

/** In a context of an audience, which the framework reads. */
const entered: SegmentEvent = {
  ...track('a'),
  properties: { big: true },
  context: { personas: { computation_class: 'audience', computation_key: 'big', audience_settings: { list: 1 } } }
}

const sent = (definition: DestinationDefinition<JSONObject>, events: SegmentEvent[]): Promise<OutcomeNode[]> =>
  hostDestination(definition, settings)(events, take)

const reasonsOf = (nodes: OutcomeNode[]): unknown[][] => nodes.map((node) => [node?.status, node?.errormessage])

describe('a subscription with a compiled mapping', () => {
  it('gives the action and the request options the same data as the framework', async () => {
    const seen: Data[] = []
    const extended: unknown[] = []
    const keep: Perform = (_request, data) => void seen.push(data)
    const definition = destinationThat(keep, { extendRequest: (data: unknown) => void extended.push(data) })
    const events = [entered, track('b', 'no number'), track('c', '3')]
    await sent(definition, events)
    await new Destination(definition).onBatch(events, { ...settings, subscription: { ...take } })
    expect(seen[0]).toEqual(seen[1])
    expect(extended[0]).toEqual(extended[1])
    expect(seen[0]).toMatchObject({
      payload: [{ id: 'a' }, { id: 'c', count: 3 }],
      settings: { limit: 5 },
      auth: { accessToken: 'token' },
      audienceMembership: [true, undefined],
      audienceSettings: { list: 1 },
      syncMode: 'add',
      matchingKey: '7',
      hookOutputs: { onMappingSave: { outputs: { list: 'a' } } }
    })
  })

  it('rejects an event whose payload does not fit, in its place, with the message of the framework', async () => {
    const nodes = await sent(
      destinationThat(() => undefined),
      [track('a'), track('b', 'many'), track('c')]
    )
    expect(nodes.map((node) => node?.status)).toEqual([200, 400, 200])
    expect(nodes[1]).toEqual({
      status: 400,
      errortype: 'PAYLOAD_VALIDATION_FAILED',
      errormessage: 'Field must be a number but it was a string.'
    })
  })

  it('rejects an event that the mapping fails on, and sends the others in one batch', async () => {
    const batches: unknown[][] = []
    const keep: Perform = (_request, { payload }) => void batches.push(payload)
    const id = { '@template': { '@path': '$.messageId' } }
    const events = [track('a'), track(1 as never), track('c')]
    const nodes = await hostDestination(destinationThat(keep), settings)(events, { ...take, mapping: { id } })
    expect(batches).toEqual([[{ id: 'a' }, { id: 'c' }]])
    expect(reasonsOf(nodes)[1]).toEqual([400, 'Error: @template: expected string, got number'])
  })

  it('does not call the action when no event is valid', async () => {
    const performBatch = jest.fn()
    await sent(destinationThat(performBatch), [track('a', 'many')])
    expect(performBatch).not.toHaveBeenCalled()
  })

  it('rejects an event that is nested too deeply, with the words for it', async () => {
    const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as unknown
    const event = track('a', deep)
    const mapping = { id: { '@path': '$.messageId' }, count: { '@path': '$.properties.count' } }
    const [node] = await hostDestination(
      destinationThat(() => undefined),
      settings
    )([event], { ...take, mapping })
    expect(outcomeOf(node)).toMatchObject({
      kind: 'rejected',
      status: 400,
      reason: expect.stringContaining('The event cannot be processed, is it nested too deeply? RangeError') as unknown
    })
  })

  it('passes on what the action throws', async () => {
    const thrown = new Error('No connection')
    const failing = destinationThat(() => Promise.reject(thrown))
    await expect(sent(failing, [track('a')])).rejects.toBe(thrown)
  })

  it('reads the outcome of each event, and says where one is missing', async () => {
    const definition = destinationThat(() => {
      const response = new MultiStatusResponse()
      response.pushSuccessResponse({ status: 201, sent: { a: 1 }, body: { b: 2 } })
      response.pushErrorResponse({ status: 429, errormessage: 'Too many' })
      return response
    })
    const nodes = await sent(definition, [track('a'), track('b', 'many'), track('c'), track('d')])
    expect(nodes[0]).toEqual({ status: 201, sent: { a: 1 }, body: { b: 2 } })
    expect(reasonsOf(nodes.slice(1))).toEqual([
      [400, 'Field must be a number but it was a string.'],
      [429, 'Too many'],
      [500, 'MultiStatusResponse is missing a response at the specified index']
    ])
  })

  it('sends batches through the framework when the scheme renews tokens, or the action takes single events only', async () => {
    const onBatch = jest.spyOn(Destination.prototype, 'onBatch')
    await sent(
      destinationThat(() => undefined),
      [track('a')]
    )
    expect(onBatch).not.toHaveBeenCalled()
    const authentication = { scheme: 'oauth2', fields: {} }
    await sent(
      destinationThat(() => undefined, { authentication }),
      [track('a')]
    )
    await expect(sent(destinationThat(), [track('a')])).rejects.toThrow('does not support batched requests')
    expect(onBatch).toHaveBeenCalledTimes(2)
    onBatch.mockRestore()
  })

  it('sends batches through the framework when it finds the mapping faulty, with its error', async () => {
    const faulty = { ...take, mapping: { id: { '@nothing': 1 } } }
    const send = hostDestination(
      destinationThat(() => undefined),
      settings
    )
    await expect(send([track('a')], faulty)).rejects.toThrow('has an invalid directive: @nothing')
  })
})

describe('the requests of an action', () => {
  let server: Server
  let url: string
  beforeAll(async () => {
    server = createServer(({ headers }, response) => {
      response.writeHead(Number(headers['x-status'] ?? 200), { 'content-type': 'application/json' })
      response.end(JSON.stringify({ limit: headers['x-limit'], agent: headers['user-agent'] }))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  })
  afterAll(() => server.close())

  it('have the options of the definition, and one response stands for all events', async () => {
    const nodes = await sent(
      destinationThat((request) => request(url)),
      [track('a'), track('b')]
    )
    const body = { limit: '5', agent: 'Segment (Actions)' }
    expect(nodes).toEqual(['a', 'b'].map((id) => ({ status: 200, body, sent: { id, count: 1 } })))
  })

  it('give the action a response with its request', async () => {
    const seen: unknown[] = []
    const definition = destinationThat(async (request) => {
      const { request: of } = (await request(url)) as unknown as { request: { url: string } }
      seen.push(of.url)
    })
    await sent(definition, [track('a')])
    expect(seen).toEqual([url])
  })

  it('may end in an error that the action returns', async () => {
    const definition = destinationThat((request) =>
      request(url, { headers: { 'x-status': '418' } }).catch((error: unknown) => error as HTTPError)
    )
    expect(await sent(definition, [track('a')])).toEqual([
      { status: 418, body: "I'm a Teapot", sent: { id: 'a', count: 1 } }
    ])
  })
})
