import { Paper } from '@mantine/core'
import { useDestination, useSettings, useSubscriptions, useWorkbenchState } from '../api/queries'
import { Loaded, View } from '../parts/view'
import { Mappings } from './mappings/mappings'
import { SettingsForm } from './settings/settings-form'
import { TargetSwitch } from './settings/target-switch'

export function DestinationView() {
  const destination = useDestination()
  const settings = useSettings()
  const subscriptions = useSubscriptions()
  const { data: state } = useWorkbenchState()
  return (
    <Loaded answer={destination} what="the destination">
      {(known) => (
        <View title={known.name} about={known.description}>
          <Paper withBorder p="sm">
            <Loaded answer={settings} what="the settings">
              {(saved) => (
                <>
                  <TargetSwitch destination={known} settings={saved} state={state} />
                  <SettingsForm key={saved.target} fields={known.settings} settings={saved} />
                </>
              )}
            </Loaded>
          </Paper>
          <Loaded answer={subscriptions} what="the mappings">
            {(list) => <Mappings destination={known} mappings={list} savedIn={state?.savedIn} />}
          </Loaded>
        </View>
      )}
    </Loaded>
  )
}
