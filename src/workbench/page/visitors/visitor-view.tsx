import { Anchor, Button, Group, Stack } from '@mantine/core'
import { IconListDetails, IconUsersGroup } from '../parts/icons'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { VisitorDetail } from '../../contract'
import { useVisitor, useWorkbenchState } from '../api/queries'
import { ToneBadge } from '../parts/badges'
import { Copy } from '../parts/code-view'
import { eventsOfVisitorPlace } from '../parts/places'
import { Loaded, View } from '../parts/view'
import { counted, money } from '../parts/words'
import { Amounts } from './amounts'
import { Conversions } from './conversions'
import { Counted } from './counted'
import { DeleteUser } from './delete-user'
import { CustomDataTable, LinksTable, Section } from './sections'
import { StoredMaps } from './stored-maps'
import { Timeline } from './timeline'
import styles from './visitors.module.css'

/** What Kameleoon has about one visitor, and everything that the emulator stores for it. */
export default function VisitorView({ code }: { code: string }) {
  const { data: state } = useWorkbenchState()
  const isEmulator = state?.target.kind === 'emulator'
  // The real Kameleoon has no more than the check shows.
  const visitor = useVisitor(isEmulator ? code : null)
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
          <Button
            component={Link}
            href={eventsOfVisitorPlace(code)}
            variant="default"
            leftSection={<IconListDetails size={16} />}
          >
            Events of this visitor
          </Button>
          <DeleteUser userId={visitor.data?.links[0]?.id ?? code} />
        </Group>
      }
    >
      <Counted code={code} conversions={visitor.data?.conversions ?? []} />
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
      <Timeline timeline={visitor.timeline} />
      <StoredMaps maps={visitor.maps} />
      <CustomDataTable customData={visitor.customData} />
      <LinksTable links={visitor.links} />
    </Stack>
  )
}

function VisitorFigures({ visitor }: { visitor: VisitorDetail }) {
  return (
    <dl className={styles.figures}>
      <Figure name="Conversions">{counted(visitor.conversions.length)}</Figure>
      <Figure name="Revenue">{visitor.amounts.length > 0 ? <Amounts amounts={visitor.amounts} /> : money(0)}</Figure>
      <Figure name="Pages">{counted(visitor.pages.length)}</Figure>
      <Figure name="Duplicates dropped">{counted(visitor.duplicatesDropped)}</Figure>
    </dl>
  )
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
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
