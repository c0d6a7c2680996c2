import { Alert, Anchor } from '@mantine/core'
import { Link } from 'wouter'
import type { Destination, Subscription } from '../../contract'
import { useDestination, useSubscriptions } from '../api/reading'
import { Loaded } from '../parts/loaded'
import { View } from '../parts/view'
import { isNew } from './drafts'
import { MappingEditor } from './mapping-editor'
import { useDraft } from './use-draft'

/** One mapping in its editor, saved or still to be saved. */
export default function MappingView({ id }: { id: string }) {
  const destination = useDestination()
  const subscriptions = useSubscriptions()
  return (
    <Loaded answer={destination} what="the destination">
      {(known) => (
        <Loaded answer={subscriptions} what="the mappings">
          {(list) => (
            <FoundMapping id={id} destination={known} saved={list.find((mapping) => mapping.id === id) ?? null} />
          )}
        </Loaded>
      )}
    </Loaded>
  )
}

interface FoundMappingProps {
  id: string
  destination: Destination
  saved: Subscription | null
}

function FoundMapping({ id, destination, saved }: FoundMappingProps) {
  const [draft] = useDraft(id)
  if (saved || (isNew(id) && draft)) return <MappingEditor id={id} destination={destination} saved={saved} />
  return (
    <View title="Mapping">
      <Alert color="red" variant="outline">
        There is no such mapping, or not any more.{' '}
        <Anchor component={Link} href="/destination" inherit underline="always">
          All mappings
        </Anchor>
      </Alert>
    </View>
  )
}
