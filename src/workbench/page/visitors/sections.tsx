import { Anchor, Paper, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { EventSource, VisitorDetail } from '../../contract'
import { eventPlace } from '../parts/places'
import { Time } from '../parts/time'
import styles from './visitors.module.css'

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper withBorder p="sm" component="section" className={styles.section} aria-label={title}>
      <Title order={2} mb={4}>
        {title}
      </Title>
      {children}
    </Paper>
  )
}

export function CustomDataTable({ customData }: Pick<VisitorDetail, 'customData'>) {
  return (
    <Rows
      title="Custom data"
      columns={['Index', 'Name', 'Values', 'At']}
      rows={customData.map(({ index, name, values, at }) => [
        index,
        name ?? 'unknown name',
        values.join(', '),
        <Time key="at" at={at} />
      ])}
    />
  )
}

export function LinksTable({ links }: Pick<VisitorDetail, 'links'>) {
  return (
    <Rows
      title="Linked Segment ids"
      columns={['User id or anonymous id', 'Visitor code']}
      rows={links.map(({ id, visitorCode }) => [<Mono key="id">{id}</Mono>, <Mono key="code">{visitorCode}</Mono>])}
    />
  )
}

/** A link to the Segment event behind something. */
export function Source({ source }: { source: EventSource }) {
  if (!source) return null
  return (
    <Text size="xs" c="dimmed">
      from{' '}
      <Anchor component={Link} href={eventPlace(source.id)} inherit underline="always">
        {source.name}
      </Anchor>
    </Text>
  )
}

function Mono({ children }: { children: ReactNode }) {
  return (
    <Text span className={styles.mono}>
      {children}
    </Text>
  )
}

interface RowsProps {
  title: string
  columns: string[]
  rows: ReactNode[][]
}

/** A section with a table; nothing when there are no rows. */
function Rows({ title, columns, rows }: RowsProps) {
  if (rows.length === 0) return null
  return (
    <Section title={title}>
      <table className={styles.table} aria-label={title}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            <tr key={row}>
              {cells.map((cell, column) => (
                <td key={column}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}
