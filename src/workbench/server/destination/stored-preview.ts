import { MultiStatusResponse, type JSONObject } from '@segment/actions-core'
import type { Preview } from '../../contract'
import type { HostedDefinition } from '../hosted'

type Stored = Preview['stored']
type Answer = { status: number; body: unknown }

/** What an empty Kameleoon answers, by method and path; anything else is 204 without a body. */
const ANSWERS: Record<string, Answer> = {
  'POST /oauth/token': { status: 200, body: { access_token: 'preview', expires_in: 7200 } },
  'GET /map/maps': { status: 200, body: {} },
  'GET /custom-datas': { status: 200, body: [] },
  'GET /goals': { status: 200, body: [] },
  'POST /goals': { status: 201, body: { id: 1, name: 'Preview' } }
}

/** The custom data for cross-device ids of a project that has one. */
const CONFIGURATION = { customData: [{ index: 1, isMappingIdentifier: true }] }

let previews = 0

/**
 * What an event would store at a Kameleoon that has nothing stored yet, and under which keys. The destination runs as always,
 * but its requests are answered here: nothing leaves this process.
 * @param payload as the mapping makes it of the event
 */
export async function storedPreview(
  { actions }: HostedDefinition,
  partnerAction: string,
  payload: unknown
): Promise<Stored> {
  const { performBatch } = actions[partnerAction]
  if (!performBatch) return []
  const data = { payload: [structuredClone(payload)], settings: settingsOfItsOwn() }
  // The framework's types know requests and data of its own making only.
  const outcomes: unknown = await performBatch(answered as never, data as never)
  if (!(outcomes instanceof MultiStatusResponse)) return []
  const { sent } = outcomes.getResponseAtIndex(0).value() as { sent?: { maps?: Record<string, JSONObject> } }
  return Object.entries(sent?.maps ?? {}).map(([key, fields]) => ({ key, fields }))
}

/** A project that no other preview has used: what the destination remembers of a project must not show here. */
function settingsOfItsOwn(): JSONObject {
  const number = String(++previews)
  const apiKey = Buffer.from(JSON.stringify({ id: `preview-${number}`, secret: 'preview' })).toString('base64')
  return { apiKey, sitecode: 'preview000' }
}

function answered(url: string, { method }: { method: string }): Promise<object> {
  const { pathname, searchParams } = new URL(url)
  const { status, body } = answerTo(method, pathname, searchParams)
  const content = body === undefined ? '' : JSON.stringify(body)
  return Promise.resolve({ status, content, headers: { get: () => null } })
}

function answerTo(method: string, path: string, query: URLSearchParams): Answer {
  if (path.startsWith('/v3/')) return { status: 200, body: CONFIGURATION }
  if (path === '/sites') {
    const [{ parameters }] = JSON.parse(query.get('filter') ?? '[{"parameters":[]}]') as [{ parameters: string[] }]
    return { status: 200, body: parameters.map((code) => ({ id: 1, code })) }
  }
  return ANSWERS[`${method} ${path}`] ?? { status: 204, body: undefined }
}
