import { Chip, Group, SegmentedControl, Text, VisuallyHidden } from '@mantine/core'
import { IconActivity, IconClick, IconDatabase, IconFileText, IconLink, IconTag, IconUsersGroup } from '../parts/icons'
import type { TimelineEntry } from '../../contract'
import { Time } from '../parts/time'
import { counted, money } from '../parts/words'
import { Section, Source } from './sections'
import { entriesOf } from './timeline-view'
import { useTimelineView } from './use-timeline-view'
import styles from './timeline.module.css'

type Kind = TimelineEntry['kind']

const KINDS: Record<Kind, { label: string; one: string; Icon: typeof IconClick }> = {
  conversion: { label: 'Conversions', one: 'Conversion', Icon: IconClick },
  page: { label: 'Pages', one: 'Page', Icon: IconFileText },
  'custom-data': { label: 'Custom data', one: 'Custom data', Icon: IconTag },
  stored: { label: 'Stored data', one: 'Stored data', Icon: IconDatabase },
  audience: { label: 'Audiences', one: 'Audience', Icon: IconUsersGroup },
  link: { label: 'Links', one: 'Link', Icon: IconLink },
  other: { label: 'Other events', one: 'Other event', Icon: IconActivity }
}

// The keys of the table are exactly the kinds.
const ORDER = Object.keys(KINDS) as Kind[]

/** Everything that happened to a visitor, in the order of time. */
export function Timeline({ timeline }: { timeline: TimelineEntry[] }) {
  const { view, change } = useTimelineView()
  if (timeline.length === 0) return null
  const shown = entriesOf(timeline, view)
  const present = ORDER.filter((kind) => timeline.some((entry) => entry.kind === kind))
  const countOf = (kind: Kind) => timeline.filter((entry) => entry.kind === kind).length
  return (
    <Section title="Journey">
      <Group justify="space-between" gap="xs" mb="xs">
        <Chip.Group value={view.kind ?? 'all'} onChange={(kind) => change({ kind: ORDER.find((one) => one === kind) })}>
          <Group gap={6} role="radiogroup" aria-label="What is shown">
            <Chip size="xs" value="all">
              Everything ({counted(timeline.length)})
            </Chip>
            {present.map((kind) => (
              <Chip key={kind} size="xs" value={kind}>
                {KINDS[kind].label} ({counted(countOf(kind))})
              </Chip>
            ))}
          </Group>
        </Chip.Group>
        <SegmentedControl
          size="xs"
          aria-label="Order"
          data={[
            { value: 'newest', label: 'Newest first' },
            { value: 'oldest', label: 'Oldest first' }
          ]}
          value={view.order}
          onChange={(order) => change({ order: order === 'oldest' ? 'oldest' : 'newest' })}
        />
      </Group>
      <ol className={styles.entries} aria-label="Journey">
        {shown.map((entry, index) => (
          <Entry key={index} entry={entry} />
        ))}
      </ol>
    </Section>
  )
}

function Entry({ entry: { at, kind, what, detail, amount, currency, source } }: { entry: TimelineEntry }) {
  const { one, Icon } = KINDS[kind]
  return (
    <li className={styles.entry}>
      <Time at={at} className={styles.at} />
      <span className={styles.icon} title={one}>
        <Icon size={15} aria-hidden />
        <VisuallyHidden>{one}</VisuallyHidden>
      </span>
      <div className={styles.what}>
        <Text span size="sm">
          {what}
        </Text>
        {amount !== null && (amount !== 0 || currency !== null) && (
          <Text span size="sm" fw={650} className={amount < 0 ? styles.negative : undefined}>
            {' '}
            {money(amount, currency)}
          </Text>
        )}
        {detail !== null && detail !== what && (
          <Text size="xs" c="dimmed" ff="monospace">
            {detail}
          </Text>
        )}
        <Source source={source} />
      </div>
    </li>
  )
}
