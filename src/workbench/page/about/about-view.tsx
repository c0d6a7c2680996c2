import { Anchor, List, Paper, Stack, Text, Title } from '@mantine/core'
import { useWorkbenchState } from '../api/reading'
import { Loaded } from '../parts/loaded'
import { View } from '../parts/view'
import { ConnectSource } from './connect-source'
import { NOT_IMITATED, OPEN_QUESTIONS } from './not-imitated'

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
