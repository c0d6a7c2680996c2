import { Group, Stack, Tabs, Text } from '@mantine/core'
import type { WorkbenchState } from '../../contract'
import { CodeView, Copy } from './code-view'
import { snippetsFor } from './snippets'

/** Address, write key and code examples for sending events to this workbench. */
export function ConnectSource({ state }: { state: WorkbenchState }) {
  const snippets = snippetsFor(state.address, state.writeKey)
  return (
    <Stack gap="xs">
      <Given what="address" value={state.address} />
      <Given what="write key" value={state.writeKey} />
      <Tabs defaultValue={snippets[0].label} keepMounted={false}>
        <Tabs.List aria-label="Code examples">
          {snippets.map(({ label }) => (
            <Tabs.Tab key={label} value={label}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {snippets.map(({ label, code }) => (
          <Tabs.Panel key={label} value={label} pt="xs">
            <CodeView text={code} what={`the code for ${label}`} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Stack>
  )
}

function Given({ what, value }: { what: string; value: string }) {
  return (
    <Group gap="xs" wrap="nowrap">
      <Text size="sm" c="dimmed" w={80}>
        {what[0].toUpperCase() + what.slice(1)}
      </Text>
      <Text size="sm" ff="monospace">
        {value}
      </Text>
      <Copy value={value} what={`the ${what}`} />
    </Group>
  )
}
