import { lazy, Suspense } from 'react'
import { Redirect, Route, Router, Switch } from 'wouter'
import { LiveConnection } from './api/connection'
import { DestinationView } from './destination/destination-view'
import { EventsView } from './events/events-view'
import { AboutView } from './other-views/about-view'
import { DiscardedView } from './other-views/discarded-view'
import { FaultsView } from './other-views/faults-view'
import { OverviewView } from './overview/overview-view'
import { visitorAt } from './parts/places'
import { useGuardedHash } from './parts/unsaved'
import { Sending } from './send/send'
import { GuardedLeaving } from './shell/leave-guard'
import { FileOpener } from './runs/open-file'
import { Shell } from './shell/shell'
import { VisitorsView } from './visitors/visitors-view'

const MappingView = lazy(() => import('./destination/mappings/mapping-view'))
const VisitorView = lazy(() => import('./visitors/visitor-view'))

export function App() {
  return (
    <LiveConnection>
      <Router hook={useGuardedHash}>
        <FileOpener>
          <Sending>
            <Shell>
              <Suspense>
                <Switch>
                  <Route path="/overview/:window?">{({ window }) => <OverviewView chosen={window} />}</Route>
                  <Route path="/events/:id?">{({ id }) => <EventsView openId={id} />}</Route>
                  <Route path="/destination" component={DestinationView} />
                  <Route path="/destination/mappings/:id">{({ id }) => <MappingView key={id} id={id} />}</Route>
                  <Route path="/visitors" component={VisitorsView} />
                  <Route path="/visitors/:code">{() => <VisitorView code={visitorAt(location.hash)} />}</Route>
                  <Route path="/faults" component={FaultsView} />
                  <Route path="/discarded" component={DiscardedView} />
                  <Route path="/about" component={AboutView} />
                  <Route>
                    <Redirect to="/overview" replace />
                  </Route>
                </Switch>
              </Suspense>
            </Shell>
          </Sending>
        </FileOpener>
        <GuardedLeaving />
      </Router>
    </LiveConnection>
  )
}
