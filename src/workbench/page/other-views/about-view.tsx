import { Anchor, List, Paper, Stack, Text, Title } from '@mantine/core'
import { useWorkbenchState } from '../api/queries'
import { ConnectSource } from '../parts/connect-source'
import { Loaded, View } from '../parts/view'

export function AboutView() {
  const state = useWorkbenchState()
  return (
    <View
      title="About"
      about="A local Segment with one source and one destination, Kameleoon, to see every step of an event without an account."
    >
      <Loaded answer={state} what="the state of the workbench">
        {(known) => (
          <Stack gap="sm">
            <Paper withBorder p="sm">
              <Title order={2} mb="xs">
                Send events from a program
              </Title>
              <ConnectSource state={known} />
            </Paper>
            <Points title="Differences from Segment" points={NOT_IMITATED} />
            <Points title="Open questions about Kameleoon" points={OPEN_QUESTIONS} />
            <Text size="sm" c="dimmed">
              Version {known.version}. Mappings are saved in {known.savedIn}. All data on these pages is also available
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

function Points({ title, points }: { title: string; points: string[] }) {
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

/** What Segment does and this workbench does not, or does differently. */
const NOT_IMITATED = [
  'Only this one destination: no other destinations, source or destination filters, functions, or insert functions.',
  'No Protocols: no tracking plan, no blocked or transformed events.',
  'No Engage: audiences and journeys are not computed. Their events can be sent as samples or from a program.',
  'No device mode: analytics.js sends here, and the destination runs on this machine only.',
  'No duplicate detection before the destination: Segment drops a message id that it received in the last 24 hours. The workbench delivers it again, so that you can test a replay.',
  'Batches are sent after a short wait, so that the page is quick. Segment waits longer and makes larger batches.',
  'Retries are quick: up to five more attempts within about a minute. Segment retries for hours.',
  'Events are kept in memory up to a limit and lost when the workbench stops. Mappings and settings are saved.',
  'The emulated Kameleoon is stricter than the real one and has no reports, experiments, segments or web interface.'
]

/** Behaviour of Kameleoon that is not documented, and what the emulator does. */
const OPEN_QUESTIONS = [
  'Whether Kameleoon drops a visit event whose nonce it has seen. The emulator does.',
  'Whether a write to stored data merges fields or replaces the map. The destination works with both.',
  'Which parameters every visit event type has. The parameters that Kameleoon’s SDKs send are checked, others are accepted.',
  'None of this was tried against a live account.'
]
