import { Anchor, Button, List, Paper, Stack, Text, Title } from '@mantine/core'
import { useQueries } from '@tanstack/react-query'
import { Link } from 'wouter'
import { tokensIn, withoutQueryPart } from '../../contract/event-query-text'
import { countEvents } from '../api/queries'
import { eventListPlace } from '../parts/places'

/** For so many parts of a search it is counted what there would be without them. */
const MOST_HINTS = 6

/** What was searched without success, and what to leave out of it. */
export function NothingFound({ q, onHelp }: { q: string; onHelp: () => void }) {
  const hints = useHints(q)
  return (
    <Paper withBorder p="md">
      <Stack gap="xs" align="flex-start">
        <Title order={2}>Nothing found</Title>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          No event matches <code>{q}</code>.
        </Text>
        {hints.length > 0 && (
          <List size="sm" aria-label="What to leave out">
            {hints.map(({ source, count }) => (
              <List.Item key={source}>
                Without <code>{source}</code> there would be{' '}
                <Anchor component={Link} href={eventListPlace(withoutQueryPart(q, source))} inherit underline="always">
                  {count === 1 ? '1 event' : `${count.toLocaleString('en')} events`}
                </Anchor>
              </List.Item>
            ))}
          </List>
        )}
        <Button variant="default" size="xs" onClick={onHelp}>
          What can be searched
        </Button>
      </Stack>
    </Paper>
  )
}

function useHints(q: string): { source: string; count: number }[] {
  const sources = tokensIn(q).map(({ source }) => source)
  const answers = useQueries({
    queries: sources.slice(0, MOST_HINTS).map((source) => {
      const rest = withoutQueryPart(q, source)
      return { queryKey: ['event-count', rest], queryFn: () => countEvents(rest), gcTime: 0 }
    })
  })
  return answers.flatMap(({ data }, index) => (data ? [{ source: sources[index], count: data }] : []))
}
