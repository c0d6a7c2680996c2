import { EVENT_NAMES } from './events'
import { settings } from './settings'

export interface SinkAnswer {
  status: number
  json?: unknown
}

/** Where the benchmark asks what arrived; no path of Kameleoon. */
export const COUNTS_PATH = '/counts'

const ANSWERS: Record<string, SinkAnswer> = {
  'POST /oauth/token': { status: 200, json: { access_token: 'bench', token_type: 'Bearer', expires_in: 7200 } },
  'GET /sites': { status: 200, json: [{ id: 1, code: settings.sitecode }] },
  'GET /goals': { status: 200, json: EVENT_NAMES.map((name, index) => ({ id: index + 1, name, status: 'ACTIVE' })) },
  'POST /visit/events': { status: 204 },
  'GET /map/maps': { status: 200, json: {} },
  'POST /map/maps': { status: 204 },
  'POST /segmentio': { status: 200 }
}

/** What Kameleoon would answer, or 404 where the benchmark has nothing to ask. */
export function answerTo(method = '', url = ''): SinkAnswer {
  return ANSWERS[`${method} ${url.split('?', 1)[0]}`] ?? { status: 404 }
}
