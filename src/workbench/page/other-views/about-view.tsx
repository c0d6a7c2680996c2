import { Anchor, List, Paper, Stack, Text, Title } from '@mantine/core'
import { useWorkbenchState } from '../api/queries'
import { ConnectSource } from '../parts/connect-source'
import { Loaded, View } from '../parts/view'

export function AboutView() {
  const state = useWorkbenchState()
  return (
    <View
      title="About"
      about="A local Segment with one source and one destination, Kameleoon, so that every step of an event can be seen without an account."
    >
      <Loaded answer={state} what="the state of the workbench">
        {(known) => (
          <Stack gap="sm">
            <Paper withBorder p="sm">
              <Title order={2} mb="xs">
                Send to it from a program
              </Title>
              <ConnectSource state={known} />
            </Paper>
            <Told title="What it does not imitate" points={NOT_IMITATED} />
            <Told title="What nobody outside Kameleoon knows" points={OPEN_QUESTIONS} />
            <Text size="sm" c="dimmed">
              Version {known.version}. Mappings are kept in {known.savedIn}. Everything on this page can also be asked
              over the{' '}
              <Anchor href="/api/openapi.json" target="_blank" inherit underline="always">
                JSON API
              </Anchor>
              .
            </Text>
          </Stack>
        )}
      </Loaded>
    </View>
  )
}

function Told({ title, points }: { title: string; points: string[] }) {
  return (
    <Paper withBorder p="sm">
      <Title order={2} mb="xs">
        {title}
      </Title>
      <List size="sm" spacing={4}>
        {points.map((point) => (
          <List.Item key={point}>{point}</List.Item>
        ))}
      </List>
    </Paper>
  )
}

/** What a user of Segment might expect here and will not find. */
const NOT_IMITATED = [
  'Only this one destination: no other destinations, source or destination filters, functions, or insert functions.',
  'No Protocols: no tracking plan, no blocked or transformed events.',
  'No Engage: audiences and journeys are not computed. Their events can be sent as samples or from a program.',
  'No device mode: analytics.js sends here, and the destination runs on this machine only.',
  'No duplicate detection before the destination: Segment drops a message id it has seen in the last 24 hours, the workbench delivers it again so that a replay can be watched.',
  'Batches are made after a short moment, so that the page is quick. Segment waits longer and makes larger ones.',
  'Retries are quick: up to five more attempts within about a minute. Segment goes on for hours.',
  'Events are kept in memory up to a limit and are gone when the workbench ends. Mappings and settings are kept.',
  'The emulated Kameleoon is stricter than the real one and has no reports, experiments, segments or web interface.'
]

/** Open questions about Kameleoon, for which the emulator had to choose an answer. */
const OPEN_QUESTIONS = [
  'Whether Kameleoon drops a visit event whose nonce it has seen. The emulator does.',
  'Whether a write to stored data merges fields or replaces the map. The destination works with both.',
  'Which parameters every visit event type has. Those that Kameleoon’s SDKs send are checked, others pass.',
  'None of this was tried against a live account.'
]
