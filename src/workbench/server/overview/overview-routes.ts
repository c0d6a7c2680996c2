import { Type } from '@sinclair/typebox'
import { Overview, OverviewWindow } from '../../contract'
import { failing, type ApiServer } from '../api'
import type { OverviewCounts } from './overview-counts'

const Query = Type.Object({ window: Type.Unsafe<OverviewWindow>({ ...OverviewWindow, default: '15m' }) })

/** The overview of all events. */
export function overviewRoutes(app: ApiServer, { overview }: { overview: OverviewCounts }): void {
  app.get(
    '/overview',
    {
      schema: {
        summary: 'What became of all events, in all and over time',
        querystring: Query,
        response: { 200: Type.Ref(Overview), ...failing(400) }
      }
    },
    ({ query: { window } }) => overview.overview(window)
  )
}
