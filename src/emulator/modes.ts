/** The calls of the Data API that a token may be needed for. */
export const DATA_CALLS = [
  'POST /visit/events',
  'GET /visit/visitor',
  'POST /visit/forget',
  'POST /map/maps',
  'GET /map/map',
  'GET /map/maps'
] as const

export type DataCall = (typeof DATA_CALLS)[number]

/**
 * How Kameleoon behaves where its documentation is silent or contradicts itself. The first value of each list is the default,
 * unless the comment says otherwise.
 */
export interface Modes {
  /** Whether a write to a map adds its fields to the stored ones or takes their place. */
  mapWrites: 'merge' | 'replace'
  /** What a field with null does: `ignore` keeps the value stored before. Default: `remove` with merge, `keep` with replace. */
  nullFields?: 'remove' | 'keep' | 'ignore' | 'reject'
  /** What an empty map does to the stored one. Default: `ignore` with merge, `delete` with replace. */
  emptyMaps?: 'ignore' | 'delete' | 'reject'
  /** The answer of `GET /map/map` for a key without a map: 200 `{}`, 200 `null`, 204, or 404. */
  unknownKey: 'empty' | 'null' | 'no content' | 'not found'
  /** What `GET /map/maps` says about a key without a map: nothing, `{}`, `null`; or 404 for the whole request. */
  unknownKeys: 'absent' | 'empty' | 'null' | 'not found'
  /** Milliseconds from the answer to a write until the map can be read. Default 0. */
  mapsVisibleAfterMs: number
  /** Milliseconds from the answer to a visit event until the event can be read. Default 0. */
  eventsVisibleAfterMs: number
  /** Whether an event is stored again when its nonce was seen before. */
  nonces: 'drop' | 'store'
  /** What happens to an event with a parameter `time` or `timestamp`. */
  eventTime: 'discard' | 'ignore' | 'use'
  /** Parameters of visit events that are not stored, such as `GEOLOCATION.city`. Default none. */
  ignoredParameters: string[]
  /** How `GET /visit/visitor` returns the metadata of a conversion: `list` is an array of custom data events. */
  metadata: 'as sent' | 'list' | 'drop'
  /** What happens to events of the JSON form that carry a user agent. */
  jsonUserAgents: 'keep' | 'discard'
  /** What happens to content Kameleoon cannot use: 204, then discarded; or 400. */
  content: 'accept' | 'reject'
  /** What happens to the good events of a body that has a bad one. Default: `keep` with accept, `lose` with reject. */
  neighbours?: 'keep' | 'lose'
  /** Whether a conversion of an archived goal is kept. */
  archivedGoals: 'discard' | 'convert'
  /** Whether `PATCH /goals/{id}` archives a goal; else it is 403. */
  archiving: 'allow' | 'reject'
  /** What the creation of a goal does when its name is taken: a second goal, 409, or the first goal again. */
  goalNames: 'allow' | 'reject' | 'return first'
  /** Whether the Automation API's list of custom data says which one is the cross-device id. */
  crossDeviceId: 'not listed' | 'listed'
  /** Whether the Data API answers 401 to a request without a token, for all calls or the named ones. Default false. */
  requireToken: boolean | DataCall[]
  /** What the Data API does with a token that is not valid: 401, or as if there were none. */
  badTokens: 'reject' | 'ignore'
  /** The status of an accepted body. Default 204. */
  acceptedStatus: 200 | 202 | 204
  /** Seconds in the `Retry-After` header of a 429 answer. Default none: whether Kameleoon sends the header is unknown. */
  retryAfterSeconds?: number
}

export const DEFAULT_MODES: Modes = {
  mapWrites: 'merge',
  unknownKey: 'empty',
  unknownKeys: 'absent',
  mapsVisibleAfterMs: 0,
  eventsVisibleAfterMs: 0,
  nonces: 'drop',
  eventTime: 'discard',
  ignoredParameters: [],
  metadata: 'as sent',
  jsonUserAgents: 'keep',
  content: 'accept',
  archivedGoals: 'discard',
  archiving: 'allow',
  goalNames: 'allow',
  crossDeviceId: 'not listed',
  requireToken: false,
  badTokens: 'reject',
  acceptedStatus: 204
}

type Check = (value: unknown) => boolean

const oneOf =
  (...values: unknown[]): Check =>
  (value) =>
    values.includes(value)
const isCount: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0
const isListOf =
  (accepts: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(accepts)

/** Which values each mode can have. */
export const MODE_CHECKS: Record<keyof Modes, Check> = {
  mapWrites: oneOf('merge', 'replace'),
  nullFields: oneOf('remove', 'keep', 'ignore', 'reject'),
  emptyMaps: oneOf('ignore', 'delete', 'reject'),
  unknownKey: oneOf('empty', 'null', 'no content', 'not found'),
  unknownKeys: oneOf('absent', 'empty', 'null', 'not found'),
  mapsVisibleAfterMs: isCount,
  eventsVisibleAfterMs: isCount,
  nonces: oneOf('drop', 'store'),
  eventTime: oneOf('discard', 'ignore', 'use'),
  ignoredParameters: isListOf((value) => typeof value === 'string' && /^[A-Z]+\.\w+$/.test(value)),
  metadata: oneOf('as sent', 'list', 'drop'),
  jsonUserAgents: oneOf('keep', 'discard'),
  content: oneOf('accept', 'reject'),
  neighbours: oneOf('keep', 'lose'),
  archivedGoals: oneOf('discard', 'convert'),
  archiving: oneOf('allow', 'reject'),
  goalNames: oneOf('allow', 'reject', 'return first'),
  crossDeviceId: oneOf('not listed', 'listed'),
  requireToken: (value) => typeof value === 'boolean' || isListOf(oneOf(...DATA_CALLS))(value),
  badTokens: oneOf('reject', 'ignore'),
  acceptedStatus: oneOf(200, 202, 204),
  retryAfterSeconds: isCount
}
