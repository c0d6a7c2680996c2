import { Text } from '@mantine/core'
import type { MappingImport } from '../../../contract'
import { ToneBadge } from '../../parts/badges'
import type { Tone } from '../../parts/words'
import styles from '../destination.module.css'

type Effect = MappingImport['mappings'][number]

const EFFECTS: Record<Effect['effect'], { label: string; tone: Tone }> = {
  added: { label: 'New', tone: 'good' },
  replaced: { label: 'Replaces', tone: 'wait' },
  unchanged: { label: 'Already there', tone: 'quiet' },
  'left-out': { label: 'Left out', tone: 'bad' }
}

/** What an import does with each mapping of the file. */
export function ImportSummary({ plan: { mappings } }: { plan: MappingImport }) {
  return (
    <>
      <ul className={styles.imported} aria-label="Mappings of the file">
        {mappings.map((one) => (
          <li key={one.place}>
            <ToneBadge tone={EFFECTS[one.effect].tone}>{EFFECTS[one.effect].label}</ToneBadge>{' '}
            <b>{one.name || `Mapping ${one.place}`}</b>
            {one.replaces !== null && one.replaces !== one.name && ` in the place of ${one.replaces}`}
            {one.problem !== null && <Text size="sm">{one.problem}</Text>}
          </li>
        ))}
      </ul>
      {mappings.length === 0 && <Text size="sm">There is no mapping in this file.</Text>}
      {mappings.some(({ effect }) => effect === 'replaced') && (
        <Text size="sm" c="dimmed">
          A mapping with the same id or name is replaced. All other mappings stay as they are.
        </Text>
      )}
    </>
  )
}
