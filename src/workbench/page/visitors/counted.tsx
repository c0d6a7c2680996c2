import { Alert, Button, Group, Text } from '@mantine/core'
import { IconAlertTriangle, IconRefresh } from '../parts/icons'
import type { VisitorCheck, VisitorDetail } from '../../contract'
import { useVisitorCheck } from '../api/queries'
import { Time } from '../parts/time'
import { Loaded } from '../parts/view'
import { CheckBadge, CHECK_STATES } from './check-badge'
import { CountedTable } from './counted-table'
import { Section } from './sections'

interface CountedProps {
  code: string
  /** What the emulator knows of them; empty with the real Kameleoon. */
  conversions: VisitorDetail['conversions']
}

/** What Kameleoon has about a visitor, beside what was sent for it from here. */
export function Counted({ code, conversions }: CountedProps) {
  const check = useVisitorCheck(code)
  return (
    <Section title="Was it counted?">
      <Group justify="space-between" gap="xs" mb={6}>
        <Text size="xs" c="dimmed">
          What Kameleoon answers about this visitor, beside what was sent from here.
        </Text>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconRefresh size={14} />}
          loading={check.isFetching}
          onClick={() => void check.refetch()}
        >
          Ask again
        </Button>
      </Group>
      <Loaded answer={check} what="what Kameleoon has">
        {(known) => (
          <>
            <Answer check={known} />
            {known.events.length > 0 && <CountedTable events={known.events} conversions={conversions} />}
          </>
        )}
      </Loaded>
    </Section>
  )
}

function Answer({ check: { problem, visits, counts } }: { check: VisitorCheck }) {
  if (problem !== null) {
    return (
      <Alert variant="outline" color="red" role="alert" p="xs" icon={<IconAlertTriangle />} c="var(--tone-bad)" mb={6}>
        <Text size="sm" c="var(--mantine-color-text)">
          {problem}
        </Text>
      </Alert>
    )
  }
  const states = CHECK_STATES.filter((state) => counts[state] > 0)
  return (
    <Group gap="xs" mb={6}>
      {states.map((state) => (
        <CheckBadge key={state} state={state} count={counts[state]} />
      ))}
      {visits.length > 0 ? (
        <LastVisit visits={visits} />
      ) : (
        <Text size="sm">Kameleoon shows no visit of this visitor.</Text>
      )}
    </Group>
  )
}

function LastVisit({ visits }: Pick<VisitorCheck, 'visits'>) {
  const [{ isCurrent, startedAt }] = visits
  return (
    <Text size="xs" c="dimmed" span>
      {visits.length === 1 ? '1 visit' : `${visits.length} visits`}
      {startedAt !== null && (
        <>
          , the {isCurrent ? 'current' : 'last'} one since <Time at={startedAt} />
        </>
      )}
    </Text>
  )
}
