import { createTestEvent, createTestIntegration } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import { generateTestData } from '../../../../lib/test-data'
import definition from '../..'
import { SETTINGS, kameleoon } from './kameleoon'
import type { Call } from './kameleoon'

export const DESTINATION_SLUG = 'actions-kameleoon'

/** These fields are optional, but an event without any of them has no visitor and nothing to send. */
const NEEDED: JSONObject = {
  kameleoonVisitorCode: 'fake-visitor-1',
  event: 'Fake Event',
  properties: { url: 'https://shop.example/cart', title: 'Fake Page' }
}

/** Fields for which random strings and numbers are not valid; generated dates depend on the current year. */
const MEANINGFUL: JSONObject = {
  timestamp: '2021-02-01T00:00:00.000Z',
  maxEventAgeHours: 1_000_000,
  context: { userAgent: 'Mozilla/5.0 (fake)', locale: 'fr-FR', timezone: 'Europe/Paris', location: { city: 'Paris' } },
  goalId: '42',
  revenue: 49.9,
  conversionMetadata: { '4': 'fake-plan' },
  customData: { '5': ['fake-colour', 'fake-size'] },
  visitEventType: 'EXPERIMENT',
  visitEventParameters: { id: 12, variationId: 3 },
  ttlHours: 24,
  storedTraits: ['title']
}

/** What reaches Kameleoon when an action runs with generated data for all of its fields, or for the required ones. */
export async function callsWithGeneratedData(actionSlug: string, isRequiredOnly: boolean): Promise<unknown[]> {
  const calls = kameleoon()
  const event = createTestEvent({ properties: generatedPayload(actionSlug, isRequiredOnly) })
  await createTestIntegration(definition).testAction(actionSlug, {
    event,
    mapping: event.properties,
    settings: SETTINGS,
    auth: undefined
  })
  return calls.map(shown)
}

function generatedPayload(actionSlug: string, isRequiredOnly: boolean): JSONObject {
  const action = definition.actions[actionSlug]
  const seed = `${DESTINATION_SLUG}#${actionSlug}`
  const [generated] = generateTestData(seed, definition, action, isRequiredOnly)
  const meaningful = Object.entries(MEANINGFUL).filter(([field]) => field in generated)
  const needed = Object.entries(NEEDED).filter(([field]) => field in action.fields)
  return { ...generated, ...Object.fromEntries([...meaningful, ...needed]) }
}

/** Without the headers that belong to the network and not to the destination. */
function shown({ host, operation, query, headers, body }: Call) {
  const { authorization, 'content-type': contentType, 'user-agent': userAgent } = headers
  return { operation, host, query, authorization, contentType, userAgent, body: parsed(body) }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}
