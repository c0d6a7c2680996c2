import type { Overview, OverviewWindow, WorkbenchState } from '../../contract'
import { useOverview, useWorkbenchState } from '../api/queries'
import { Time } from '../parts/time'
import { Loaded, View } from '../parts/view'
import { DropFiles } from '../runs/drop-file'
import { OpenFileButton } from '../runs/open-file'
import { ReplayFailed } from '../runs/replay-failed'
import { GoalsTable, MappingsTable } from './totals'
import { NoEvents } from './no-events'
import { OverTime } from './over-time'
import styles from './overview.module.css'
import { Reasons } from './reasons'
import { Way } from './way'
import { windowOf } from './windows'

/** What became of all events. `chosen` is the part of the address that names how much time the bars show. */
export function OverviewView({ chosen }: { chosen: string | undefined }) {
  const window = windowOf(chosen)
  const overview = useOverview(window)
  const { data: state } = useWorkbenchState()
  return (
    <View
      title="Overview"
      about={
        overview.data &&
        overview.data.events.received > 0 && (
          <>
            All events since <Time at={overview.data.since} inherit ff="inherit" />, and what Kameleoon did with them.
            Every number leads to its events.
          </>
        )
      }
      actions={
        <>
          <ReplayFailed q="" />
          <OpenFileButton />
        </>
      }
    >
      <DropFiles />
      <Loaded answer={overview} what="the overview">
        {(known) =>
          known.events.received === 0 ? (
            <NoEvents state={state} />
          ) : (
            <Sections overview={known} window={window} state={state} />
          )
        }
      </Loaded>
    </View>
  )
}

interface SectionsProps {
  overview: Overview
  window: OverviewWindow
  state: WorkbenchState | undefined
}

function Sections({ overview, window, state }: SectionsProps) {
  const isReal = state?.target.kind === 'real'
  return (
    <div className={styles.sections}>
      <Way overview={overview} isReal={isReal} />
      <Reasons reasons={overview.reasons} hasFaults={(state?.faults.length ?? 0) > 0} isReal={isReal} />
      <OverTime steps={overview.steps} window={window} />
      <div className={styles.pair}>
        <GoalsTable goals={overview.goals} isReal={isReal} />
        <MappingsTable mappings={overview.mappings} />
      </div>
    </div>
  )
}
