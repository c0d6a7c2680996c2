import { Anchor, Text } from '@mantine/core'
import { IconTrash } from '../parts/icons'
import { Link } from 'wouter'
import type { Discarded } from '../../contract'
import { ToneBadge } from '../parts/badges'
import { eventPlace, visitorPlace } from '../parts/places'
import { Time } from '../parts/time'
import { titleOf } from '../parts/words'
import styles from './discarded.module.css'

/** One thing that was discarded: why, of which event and visitor, and what to do. */
export function DiscardedPart({ part }: { part: Discarded }) {
  const { at, path, reason, field, value, advice } = part
  return (
    <li className={styles.one}>
      <div className={styles.head}>
        <ToneBadge tone="bad" icon={<IconTrash size={13} />}>
          Discarded
        </ToneBadge>
        <Time at={at} c="dimmed" />
        <code>{path}</code>
      </div>
      <Text size="sm" fw={600}>
        {reason}
      </Text>
      <code>
        {field && `${field}: `}
        {JSON.stringify(value)}
      </code>
      <Text size="sm">{advice}</Text>
      <Source part={part} />
    </li>
  )
}

function Source({ part: { event, visitorCode } }: { part: Discarded }) {
  return (
    <Text size="sm" className={styles.source}>
      {event ? (
        <>
          <span>
            Event:{' '}
            <Anchor component={Link} href={eventPlace(event.id)} inherit underline="always">
              {titleOf(event)}, no. {event.number}
            </Anchor>
          </span>
          <span>
            Mapping:{' '}
            <Anchor
              component={Link}
              href={`/destination/mappings/${encodeURIComponent(event.mapping.id)}`}
              inherit
              underline="always"
            >
              {event.mapping.name}
            </Anchor>
          </span>
        </>
      ) : (
        <span>Its event is not in the list any more.</span>
      )}
      {visitorCode !== null && (
        <span>
          Visitor:{' '}
          <Anchor component={Link} href={visitorPlace(visitorCode)} inherit underline="always">
            {visitorCode}
          </Anchor>
        </span>
      )}
    </Text>
  )
}
