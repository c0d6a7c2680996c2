import { Kbd, Modal, Stack, Switch, Table, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useIsOnTop } from '../parts/layers'
import { useSingleKeys } from './use-list-keys'

const EXAMPLES: [string, string][] = [
  ['order 49.90', 'Both words, anywhere in the event, a reason, a goal or a nonce'],
  ['"no visitor"', 'These words, one after the other'],
  ['status:failed', 'Or waiting, retrying, delivered, filtered, discarded'],
  ['type:track', 'Or page, screen, identify, group, alias'],
  ['visitor:visitor-1', 'One visitor, by visitor code'],
  ['goal:"Newsletter signup"', 'Conversions of a goal, by name or id'],
  ['mapping:track-calls', 'Events that a mapping matched, by its id'],
  ['after:2026-01-31T09:30Z', 'Received at that time or later; before: is earlier']
]

const KEYS: [string[], string][] = [
  [['/'], 'Search'],
  [['j', '↓'], 'Next event, in the list and in an open event'],
  [['k', '↑'], 'Previous event'],
  [['Enter'], 'Open the event'],
  [['Esc'], 'Close the event'],
  [['?'], 'This help']
]

/** What can be searched, and the keys of the list. */
export function ListHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [hasSingleKeys, setSingleKeys] = useSingleKeys()
  const isOnTop = useIsOnTop(opened)
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      closeOnEscape={isOnTop}
      title="Search and keys"
      closeButtonProps={{ 'aria-label': 'Close' }}
      size="lg"
    >
      <Stack gap="sm">
        <Title order={3}>Search</Title>
        <HelpTable
          label="Examples of searches"
          rows={EXAMPLES.map(([text, meaning]) => [<code key={text}>{text}</code>, meaning])}
        />
        <Title order={3}>Keys</Title>
        <HelpTable
          label="Keys"
          rows={KEYS.map(([keys, meaning]) => [<KeyNames key={meaning} keys={keys} />, meaning])}
        />
        <Switch
          label="Use single letters as keys"
          checked={hasSingleKeys}
          onChange={(event) => setSingleKeys(event.currentTarget.checked)}
        />
      </Stack>
    </Modal>
  )
}

function KeyNames({ keys }: { keys: string[] }) {
  return keys.map((key) => (
    <span key={key}>
      <Kbd size="xs">{key}</Kbd>{' '}
    </span>
  ))
}

function HelpTable({ label, rows }: { label: string; rows: [ReactNode, string][] }) {
  return (
    <Table fz="sm" verticalSpacing={4} horizontalSpacing="xs" aria-label={label}>
      <Table.Tbody>
        {rows.map(([first, meaning]) => (
          <Table.Tr key={meaning}>
            {/* Its words are not broken on a phone. */}
            <Table.Td style={{ overflowWrap: 'break-word' }}>{first}</Table.Td>
            <Table.Td>{meaning}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
