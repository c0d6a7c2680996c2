import { Type } from '@sinclair/typebox'
import type { Emulator } from '../../../emulator'
import { Discarded, VisitorDetail, VisitorSummary } from '../../contract'
import { type ApiServer, failing } from '../api'
import { RequestError } from '../api'
import type { WorkbenchContext } from '../context'
import { visitorDetail } from './visitor-detail'
import { visitorSummaries } from './visitor-list'

type Context = Pick<WorkbenchContext, 'emulator' | 'settings' | 'clock'>

const Query = Type.Object({
  search: Type.Optional(Type.String({ description: 'Part of a visitor code, or of a Segment id linked to one' })),
  limit: Type.Integer({ minimum: 1, maximum: 1000, default: 200 })
})

/** What the emulator knows. The real Kameleoon tells nobody who its visitors are, nor what it discarded. */
export function visitorRoutes(app: ApiServer, { emulator, settings, clock }: Context): void {
  const requireEmulator = (what: string): void => {
    if (settings.target === 'emulator') return
    throw new RequestError(409, `${what} Events go to the real Kameleoon now; switch to the emulator in the settings.`)
  }

  app.get(
    '/visitors',
    {
      schema: {
        summary: 'Visitors that Kameleoon knows, latest first',
        querystring: Query,
        response: { 200: Type.Array(Type.Ref(VisitorSummary)), ...failing(400, 409) }
      }
    },
    ({ query }) => {
      requireEmulator('Visitors can be listed for the emulator only.')
      return visitorSummaries(emulator, query)
    }
  )

  app.get(
    '/visitors/:code',
    {
      schema: {
        summary: 'What Kameleoon knows of a visitor',
        params: Type.Object({ code: Type.String({ description: 'Visitor code, or a Segment id linked to one' }) }),
        response: { 200: Type.Ref(VisitorDetail), ...failing(404, 409) }
      }
    },
    ({ params: { code } }) => {
      requireEmulator('What Kameleoon knows of a visitor can be shown for the emulator only.')
      const detail = visitorDetail(emulator, code, clock())
      if (detail) return detail
      throw new RequestError(404, `Kameleoon knows nothing of "${code}", neither as a visitor code nor as a linked id.`)
    }
  )

  app.get(
    '/discarded',
    {
      schema: {
        summary: 'What Kameleoon accepted and would not keep, latest first',
        response: { 200: Type.Array(Type.Ref(Discarded)), ...failing(409) }
      }
    },
    () => {
      requireEmulator('Kameleoon answers before it reads, and tells nobody what it discards; only the emulator does.')
      return discardedList(emulator)
    }
  )
}

/** What the emulator accepted and Kameleoon would not keep, latest first. */
export function discardedList({ discarded }: Pick<Emulator, 'discarded'>): Discarded[] {
  return discarded
    .map(({ at, path, reason, field, value }) => ({
      at: new Date(at).toISOString(),
      path,
      reason,
      field: field ?? null,
      value: value ?? null
    }))
    .reverse()
}
