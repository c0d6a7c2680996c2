import { ActionIcon, Popover, Table, Text } from '@mantine/core'
import { IconHelp } from '@tabler/icons-react'

const EXAMPLES = [
  ['order 49.90', 'both words, anywhere in the event, in a reason, a goal or a nonce'],
  ['"no visitor"', 'exactly these words, one after the other'],
  ['status:failed', 'waiting, retrying, delivered, filtered, failed or discarded'],
  ['type:track', 'track, page, screen, identify, group or alias'],
  ['visitor:visitor-1', 'one visitor, by visitor code'],
  ['goal:"Newsletter signup"', 'conversions of a goal, by name or id'],
  ['mapping:track-calls', 'events that a mapping matched, by its id'],
  ['after:2026-01-31T09:30:00Z', 'received at this time or later; before: is earlier']
]

/** What can be written into the search, with examples. */
export function SearchHelp() {
  return (
    <Popover width={420} position="bottom-end" shadow="md" withArrow trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon variant="default" size={36} aria-label="What can be searched">
          <IconHelp size={17} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown maw="calc(100vw - 16px)">
        <Text size="sm" fw={600} tabIndex={-1} data-autofocus>
          What can be searched
        </Text>
        <SearchExamples />
      </Popover.Dropdown>
    </Popover>
  )
}

export function SearchExamples() {
  return (
    <Table fz="xs" verticalSpacing={4} horizontalSpacing="xs" aria-label="Examples of searches">
      <Table.Tbody>
        {EXAMPLES.map(([text, meaning]) => (
          <Table.Tr key={text}>
            <Table.Td style={{ whiteSpace: 'nowrap' }}>
              <code>{text}</code>
            </Table.Td>
            <Table.Td>{meaning}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
