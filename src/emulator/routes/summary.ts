import type { Duplicate } from '../nonces'
import type { RecordedRequest, Totals } from '../recordings'
import type { State } from '../state'

/** What `GET /emulator` tells. */
export interface Summary {
  sitecode: string
  dataHost: string
  mapWrites: string
  content: string
  totals: Totals
  tokensIssued: number
  visitors: number
  maps: number
  forgotten: number
  duplicates: Duplicate[]
  goals: { id: number; name: string }[]
  customData: { index: number; name: string }[]
  faults: { rule: object; hits: number }[]
}

/** The emulator's state in one page of JSON, without any secret. */
export function summaryOf(state: State): Summary {
  const { sitecode, dataHost, mapWrites, content } = state.options
  return {
    ...{ sitecode, dataHost, mapWrites, content },
    totals: state.recordings.totals,
    tokensIssued: state.tokens.issued,
    visitors: state.visitors.size,
    maps: state.maps.size,
    forgotten: state.forgotten.items.length,
    duplicates: state.nonces.duplicates,
    goals: state.catalog.goals.map(({ id, name }) => ({ id, name })),
    customData: state.catalog.customData.map(({ index, name }) => ({ index, name })),
    faults: state.faults.list().map(({ rule, hits }) => ({ rule: { ...rule, path: pathText(rule.path) }, hits }))
  }
}

/** A recorded request that can be shown: the access token and the client secret are filtered. */
export function withoutSecrets(request: RecordedRequest): RecordedRequest {
  const headers = { ...request.headers }
  if ('authorization' in headers) headers.authorization = 'Bearer (filtered)'
  return { ...request, headers, body: request.path === '/oauth/token' ? '(filtered)' : request.body }
}

function pathText(path: string | RegExp | undefined): string | undefined {
  return path instanceof RegExp ? String(path) : path
}
