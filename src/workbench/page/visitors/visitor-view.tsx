import { Anchor, Button, Group, Stack } from '@mantine/core'
import { IconListDetails } from '@tabler/icons-react'
import { Link, useLocation } from 'wouter'
import type { VisitorDetail } from '../../contract'
import { useVisitor, useWorkbenchState } from '../api/reading'
import { everyEvent } from '../events/event-filter'
import { useEventFilter } from '../events/use-event-filter'
import { Copy } from '../parts/copy'
import { Loaded } from '../parts/loaded'
import { View } from '../parts/view'
import { Audiences } from './audiences'
import { Conversions } from './conversions'
import { CustomDataTable, LinksTable, OtherEventsTable, PagesTable } from './known-tables'
import { NotKnownHere } from './not-known-here'
import { StoredMaps } from './stored-maps'
import { VisitorFigures } from './visitor-figures'

/** Everything that Kameleoon knows of one visitor. */
export default function VisitorView({ code }: { code: string }) {
  const visitor = useVisitor(code)
  const { data: state } = useWorkbenchState()
  const [, navigate] = useLocation()
  const [, setFilter] = useEventFilter()
  const showEvents = () => {
    setFilter({ ...everyEvent, visitor: code })
    navigate('/events')
  }
  if (state?.target.kind === 'real') return <NotKnownHere />
  return (
    <View
      title={`Visitor ${code}`}
      about={
        <Anchor component={Link} href="/visitors" inherit underline="always">
          All visitors
        </Anchor>
      }
      actions={
        <Group gap={4}>
          <Copy value={code} what="the visitor code" />
          <Button variant="default" leftSection={<IconListDetails size={16} />} onClick={showEvents}>
            Events of this visitor
          </Button>
        </Group>
      }
    >
      <Loaded answer={visitor} what="the visitor">
        {(known) => <Known visitor={known} />}
      </Loaded>
    </View>
  )
}

function Known({ visitor }: { visitor: VisitorDetail }) {
  return (
    <Stack gap="md">
      <VisitorFigures visitor={visitor} />
      <Audiences audiences={visitor.audiences} />
      <Conversions visitor={visitor} />
      <StoredMaps maps={visitor.maps} />
      <CustomDataTable customData={visitor.customData} />
      <PagesTable pages={visitor.pages} />
      <LinksTable links={visitor.links} />
      <OtherEventsTable events={visitor.otherEvents} />
    </Stack>
  )
}
