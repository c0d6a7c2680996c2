import type { DestinationDefinition, JSONObject } from '@segment/actions-core'
import { connectTo, startEmulator, type FaultRule } from '../../../emulator'
import { hostDestination, watchedDefinition } from '../../../segment-host'
import { requestWatch } from '../request-watch'
import type { SentRequest } from '../watch'
import { testClock } from './samples'

const field = { label: 'Field', description: 'A field.' }
const URL_WITH_SECRETS = 'https://eu-data.kameleoon.io/visit/events?siteCode=emulated01&visitorCode=hidden-1'

const clock = testClock()

/** A destination with one request, after which 25 milliseconds have passed. */
const definition: DestinationDefinition<JSONObject> = {
  name: 'Small',
  mode: 'cloud',
  authentication: { scheme: 'custom', fields: { apiKey: { ...field, type: 'password', required: true } } },
  actions: {
    send: {
      ...{ title: 'Send', description: 'Sends.', perform: () => undefined },
      fields: { id: { ...field, type: 'string', default: { '@path': '$.messageId' } } },
      performBatch: async (request) => {
        const options = { method: 'post', headers: { authorization: 'Bearer hidden-2' }, json: { hidden: 3 } } as const
        const response = request(URL_WITH_SECRETS, options)
        clock.advance(25)
        await response
      }
    }
  }
}

async function requestsWith(fault: FaultRule): Promise<SentRequest[]> {
  const emulator = await startEmulator()
  emulator.faults.add({ path: '/visit/events', ...fault })
  const requests: SentRequest[] = []
  const watch = requestWatch({ request: (request) => void requests.push(request) }, clock)
  const send = hostDestination(watchedDefinition(connectTo(definition, emulator), watch), { apiKey: 'hidden-4' })
  const subscription = { name: 'All', partnerAction: 'send', subscribe: 'type = "track"', mapping: {} }
  // A request that fails makes the batch fail, which is not the subject here.
  await Promise.allSettled([send([{ type: 'track', messageId: 'a' }], subscription)])
  await emulator.close()
  return requests
}

it.each<[string, FaultRule, number | null]>([
  ['is answered', { status: 200 }, 200],
  ['is answered with an error', { status: 503 }, 503],
  ['has no answer', { reset: 'before' }, null]
])('a request that %s is reported once, with method, path, status and duration only', async (_how, fault, status) => {
  expect(await requestsWith(fault)).toEqual([{ method: 'POST', path: '/visit/events', status, milliseconds: 25 }])
})
