import { Anchor, Button, Group, Stack } from '@mantine/core'
import { IconListDetails, IconUsersGroup } from '../parts/icons'
import { Link, useLocation } from 'wouter'
import type { VisitorDetail } from '../../contract'
import { everyEvent } from '../api/event-list'
import { useEventFilter, useVisitor, useWorkbenchState } from '../api/queries'
import { ToneBadge } from '../parts/badges'
import { Copy } from '../parts/code-view'
import { Loaded, View } from '../parts/view'
import { money } from '../parts/words'
import { Conversions } from './conversions'
import { Counted } from './counted'
import { DeleteUser } from './delete-user'
import { CustomDataTable, LinksTable, OtherEventsTable, PagesTable, Section } from './sections'
import { StoredMaps } from './stored-maps'
import styles from './visitors.module.css'

/** What Kameleoon has about one visitor, and everything that the emulator stores for it. */
export default function VisitorView({ code }: { code: string }) {
  const { data: state } = useWorkbenchState()
  const isEmulator = state?.target.kind === 'emulator'
  // The real Kameleoon has no more than the check shows.
  const visitor = useVisitor(isEmulator ? code : null)
  const [, navigate] = useLocation()
  const [, setFilter] = useEventFilter()
  const showEvents = () => {
    setFilter({ ...everyEvent, visitor: code })
    navigate('/events')
  }
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
          <DeleteUser userId={visitor.data?.links[0]?.id ?? code} />
        </Group>
      }
    >
      <Counted code={code} />
      {isEmulator && (
        <Loaded answer={visitor} what="the visitor">
          {(known) => <VisitorSections visitor={known} />}
        </Loaded>
      )}
    </View>
  )
}

function VisitorSections({ visitor }: { visitor: VisitorDetail }) {
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

function VisitorFigures({ visitor }: { visitor: VisitorDetail }) {
  const revenue = visitor.conversions.reduce((sum, one) => sum + (one.negative ? -1 : 1) * (one.revenue ?? 0), 0)
  return (
    <dl className={styles.figures}>
      <Figure name="Conversions" value={String(visitor.conversions.length)} />
      <Figure name="Revenue" value={money(revenue)} />
      <Figure name="Pages" value={String(visitor.pages.length)} />
      <Figure name="Duplicates dropped" value={String(visitor.duplicatesDropped)} />
    </dl>
  )
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

export function Audiences({ audiences }: { audiences: string[] }) {
  if (audiences.length === 0) return null
  return (
    <Section title="Audiences">
      <Group gap={6}>
        {audiences.map((audience) => (
          <ToneBadge key={audience} tone="wait" icon={<IconUsersGroup size={13} />}>
            {audience}
          </ToneBadge>
        ))}
      </Group>
    </Section>
  )
}
