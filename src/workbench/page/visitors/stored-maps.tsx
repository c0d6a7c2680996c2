import { Group, Stack, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { VisitorDetail } from '../../contract'
import { useNow } from '../parts/time'
import { duration } from '../parts/words'
import { Section } from './sections'
import styles from './visitors.module.css'

type StoredMap = VisitorDetail['maps'][number]

const KINDS: Record<StoredMap['kind'], string> = {
  identify: 'Traits and group',
  audiences: 'Audiences',
  link: 'Link',
  other: 'Other'
}

/** Stored data from identify, group, audience and link calls, and how long Kameleoon keeps it. */
export function StoredMaps({ maps }: { maps: StoredMap[] }) {
  if (maps.length === 0) return null
  return (
    <Section title="Stored data">
      <Stack gap="md">
        {maps.map((map) => (
          <div key={map.key}>
            <Group gap="xs" mb={2}>
              <Text size="sm" fw={600}>
                {KINDS[map.kind]}
              </Text>
              <Text span className={styles.mono}>
                {map.key}
              </Text>
              <TimeLeft seconds={map.secondsLeft} />
            </Group>
            <dl className={styles.values}>
              {Object.entries(map.fields).map(([name, value]) => (
                <Value key={name} name={name} value={value} />
              ))}
            </dl>
          </div>
        ))}
      </Stack>
    </Section>
  )
}

function Value({ name, value }: { name: string; value: unknown }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
    </>
  )
}

/** Counts down from the seconds that the workbench reported. */
function TimeLeft({ seconds }: { seconds: number }) {
  const [until, setUntil] = useState(() => Date.now() + seconds * 1_000)
  useEffect(() => setUntil(Date.now() + seconds * 1_000), [seconds])
  const left = (until - useNow()) / 1_000
  return (
    <Text size="xs" c="dimmed">
      {left > 0 ? `expires in ${duration(left)}` : 'expired'}
    </Text>
  )
}
