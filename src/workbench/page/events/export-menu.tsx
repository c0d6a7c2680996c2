import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconDownload } from '../parts/icons'
import { withQuery } from '../api/request'

const TABLES = [
  { table: 'conversions', label: 'Conversions (CSV)' },
  { table: 'visitors', label: 'Visitors (CSV)' },
  { table: 'custom-data', label: 'Custom data (CSV)' },
  { table: 'stored-data', label: 'Stored data (CSV)' }
]

/** Saves the events of the list, or what Kameleoon knows, as a file. */
export function ExportMenu({ q, isEmulator }: { q: string; isEmulator: boolean }) {
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} />} rightSection={<IconChevronDown size={14} />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{q === '' ? 'All events of the list' : 'Events that match the search'}</Menu.Label>
        <Menu.Item component="a" href={`/api/${withQuery('exports/events.ndjson', { q })}`} download>
          Events (NDJSON, for deliver)
        </Menu.Item>
        {isEmulator && (
          <>
            <Menu.Label>What the emulated Kameleoon knows</Menu.Label>
            {TABLES.map(({ table, label }) => (
              <Menu.Item key={table} component="a" href={`/api/exports/kameleoon/${table}`} download>
                {label}
              </Menu.Item>
            ))}
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
