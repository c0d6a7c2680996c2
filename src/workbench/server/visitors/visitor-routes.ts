import { Type } from '@sinclair/typebox'
import type { Emulator } from '../../../emulator'
import { Discarded, StringEnum, VisitorDetail, VisitorList, VisitorOrder } from '../../contract'
import { failing, RequestError, type ApiServer } from '../api'
import type { EventLog } from '../event-log/event-log'
import type { TargetKind } from '../hosted'
import { discardedList } from './discarded-list'
import { visitorDetail } from './visitor-detail'
import { eventSources } from './event-sources'
import { visitorList, type VisitorSource } from './visitor-list'

interface VisitorSources {
  emulator: VisitorSource & Pick<Emulator, 'discarded'>
  events: Pick<EventLog, 'all'>
  settings: { readonly target: TargetKind }
  /** The current time in milliseconds. */
  clock: () => number
}

const Query = Type.Object({
  search: Type.Optional(Type.String({ description: 'Part of a visitor code, or of a Segment id linked to one' })),
  sort: { ...VisitorOrder, default: 'lastSeen' as const },
  order: { ...StringEnum(['ascending', 'descending']), default: 'descending' as const },
  offset: Type.Integer({ minimum: 0, default: 0, description: 'How many visitors at the beginning to leave out' }),
  limit: Type.Integer({ minimum: 1, maximum: 1000, default: 200, description: 'Most visitors in the answer' })
})

/** What the emulator stored. The real Kameleoon has no list of its visitors, and no API for what it discarded. */
export function visitorRoutes(app: ApiServer, { emulator, settings, events, clock }: VisitorSources): void {
  const requireEmulator = (what: string): void => {
    if (settings.target === 'emulator') return
    throw new RequestError(409, `${what} Events go to the real Kameleoon now; switch to the emulator in the settings.`)
  }

  app.get(
    '/visitors',
    {
      schema: {
        summary: 'Visitors that the emulator knows',
        querystring: Query,
        response: { 200: Type.Ref(VisitorList), ...failing(400, 409) }
      }
    },
    ({ query }) => {
      requireEmulator('Visitors can be listed for the emulator only.')
      return visitorList(emulator, eventSources(events), query)
    }
  )

  app.get(
    '/visitors/:code',
    {
      schema: {
        summary: 'What the emulator knows about a visitor',
        params: Type.Object({ code: Type.String({ description: 'Visitor code, or a Segment id linked to one' }) }),
        response: { 200: Type.Ref(VisitorDetail), ...failing(404, 409) }
      }
    },
    ({ params: { code } }) => {
      requireEmulator('Visitors can be shown for the emulator only.')
      const sources = eventSources(events)
      const detail = visitorDetail({ emulator, sources, log: events, now: clock() }, code)
      if (detail) return detail
      throw new RequestError(404, `Kameleoon does not know "${code}" as a visitor code or as a linked id.`)
    }
  )

  app.get(
    '/discarded',
    {
      schema: {
        summary: 'What the emulator accepted but did not keep, latest first',
        response: { 200: Type.Array(Type.Ref(Discarded)), ...failing(409) }
      }
    },
    () => {
      requireEmulator('Kameleoon does not report what it discards; only the emulator does.')
      return discardedList(emulator, events)
    }
  )
}
