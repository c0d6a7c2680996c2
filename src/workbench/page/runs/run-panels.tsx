import { Anchor, Button, Group, Progress, Stack, Text } from '@mantine/core'
import { useSessionStorage } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { Run } from '../../contract'
import { useWorkbenchState } from '../api/queries'
import { request } from '../api/request'
import { eventListPlace } from '../parts/places'
import { Failure } from '../parts/view'
import { LineProblems } from './line-problems'
import { countsOf, percentOf, runQuery, stateInWords } from './run-words'
import styles from './runs.module.css'

/** The latest files and replays with their progress or result, on every view, until they are closed. */
export function RunPanels() {
  const { data: state } = useWorkbenchState()
  const [closed, setClosed] = useSessionStorage<string[]>({ key: 'closed-runs', defaultValue: [] })
  const shown = (state?.runs ?? []).filter(({ id }) => !closed.includes(id)).slice(0, 3)
  if (shown.length === 0) return null
  return (
    <Stack gap="xs" px={{ base: 'xs', sm: 'md' }} pt="xs">
      {shown.map((run) => (
        <RunPanel key={run.id} run={run} onClose={() => setClosed([...closed, run.id])} />
      ))}
    </Stack>
  )
}

function RunPanel({ run, onClose }: { run: Run; onClose: () => void }) {
  const { title, state, problems } = run
  const isEnded = state === 'ended'
  return (
    <section className={styles.run} data-tone={toneOf(run)} aria-label={title}>
      <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
        <div>
          <Text size="sm" fw={600} className={styles.title}>
            {title}
          </Text>
          {/* Only the end is announced: the numbers before it change many times a second. */}
          <Text size="sm" c="dimmed" role={isEnded ? 'status' : undefined}>
            {stateInWords(run)}
          </Text>
        </div>
        {isEnded ? (
          <Button variant="default" onClick={onClose} aria-label={`Close ${title}`}>
            Close
          </Button>
        ) : (
          <CancelButton run={run} />
        )}
      </Group>
      {!isEnded && <Progress value={percentOf(run)} mt={6} aria-label={`Progress of ${title}`} />}
      <Outcomes run={run} />
      {problems > 0 && <LineProblems id={run.id} count={problems} />}
    </section>
  )
}

function toneOf({ state, stopped, rejected, discarded }: Run): 'wait' | 'good' | 'bad' {
  if (stopped !== null || rejected > 0 || discarded > 0) return 'bad'
  return state === 'ended' ? 'good' : 'wait'
}

function CancelButton({ run: { id, title, stopped } }: { run: Run }) {
  const cancel = useMutation({ mutationFn: () => request<Run>('DELETE', `runs/${id}`) })
  if (stopped !== null) return null
  return (
    <div>
      <Button
        variant="default"
        loading={cancel.isPending}
        onClick={() => cancel.mutate()}
        aria-label={`Cancel ${title}`}
      >
        Cancel
      </Button>
      <Failure error={cancel.error} />
    </div>
  )
}

function Outcomes({ run }: { run: Run }) {
  if (run.events === 0) return null
  return (
    <ul className={styles.counts} aria-label="Outcomes">
      {countsOf(run).map(({ key, words, q }) => (
        <li key={key}>{q === null ? words : <ListLink q={q}>{words}</ListLink>}</li>
      ))}
      {run.state === 'ended' && (
        <li>
          <ListLink q={runQuery(run)}>Show its events</ListLink>
        </li>
      )}
    </ul>
  )
}

function ListLink({ q, children }: { q: string; children: string }) {
  return (
    <Anchor component={Link} href={eventListPlace(q)} inherit underline="always">
      {children}
    </Anchor>
  )
}
