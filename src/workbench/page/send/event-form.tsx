import { Select, SimpleGrid, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Suggestions } from '../../contract'
import { keys } from '../api/queries'
import { request } from '../api/request'
import {
  type FieldName,
  fieldValue,
  hiddenMembers,
  KINDS,
  placesOf,
  type SegmentEvent,
  withField,
  withKind
} from './form-event'
import { PropertyRows } from './property-rows'
import { SuggestedInput } from './suggested-input'
import { textOfValue, typedValue } from './typed-values'

interface EventFormProps {
  event: SegmentEvent
  onChange: (event: SegmentEvent) => void
}

const CURRENCIES = ['EUR', 'USD', 'GBP', 'CHF', 'JPY', 'CAD', 'AUD', 'SEK', 'NOK', 'DKK', 'PLN']

const NAME_LABELS: Record<string, string> = {
  track: 'Event name',
  page: 'Page name',
  screen: 'Screen name',
  group: 'Group ID'
}

const NO_SUGGESTIONS: Suggestions = { eventNames: [], pageNames: [], groupIds: [], visitorCodes: [] }

/** An event as fields. Members that have no field stay in the event as they are. */
export function EventForm({ event, onChange }: EventFormProps) {
  const suggestions = useSuggestions()
  const type = String(event.type)
  const places = placesOf(type)
  const field = (name: FieldName, label: string, more: { suggestions?: string[]; description?: string } = {}) =>
    places[name] && (
      <SuggestedInput
        key={`${type} ${name}`}
        label={label}
        value={fieldValue(event, name)}
        read={name === 'revenue' ? typedValue : (text) => text}
        write={name === 'revenue' ? textOfValue : plainText}
        onChange={(value) => onChange(withField(event, name, value))}
        {...more}
      />
    )

  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="sm">
        <KindChoice type={type} onChange={(kind) => onChange(withKind(event, kind))} />
        {field('name', NAME_LABELS[type], { suggestions: namesFor(type, suggestions) })}
        {field('visitorCode', 'Visitor code', {
          suggestions: suggestions.visitorCodes,
          description: visitorHint(event)
        })}
        {field('userId', 'User ID', { description: 'The user in your own systems.' })}
        {field('revenue', 'Revenue')}
        {field('currency', 'Currency', { suggestions: CURRENCIES, description: 'Kameleoon receives no currency.' })}
        {field('url', 'Page address')}
        {field('title', 'Page title')}
      </SimpleGrid>
      <PropertyRows key={type} event={event} onChange={onChange} />
      <Hidden names={hiddenMembers(event)} />
    </Stack>
  )
}

function KindChoice({ type, onChange }: { type: string; onChange: (type: string) => void }) {
  const isKnown = KINDS.some(({ value }) => value === type)
  return (
    <Select
      label="Kind"
      allowDeselect={false}
      data={isKnown ? KINDS : [...KINDS, { value: type, label: type }]}
      value={type}
      onChange={(kind) => kind !== null && onChange(kind)}
    />
  )
}

/** What happens without a visitor code. */
function visitorHint(event: SegmentEvent): string {
  if (fieldValue(event, 'visitorCode')) return 'The visitor, as Kameleoon knows it.'
  return fieldValue(event, 'userId')
    ? 'Without it, the visitor who is linked to the user ID counts, or else the user ID itself.'
    : 'Without it and without a user ID, the event fails, unless its anonymous ID is linked to a visitor.'
}

function Hidden({ names }: { names: string[] }) {
  if (names.length === 0) return null
  return (
    <Text size="xs" c="dimmed">
      The event also has {names.join(', ')}. This is kept, and can be changed under JSON.
    </Text>
  )
}

function useSuggestions(): Suggestions {
  const answer = useQuery({
    queryKey: keys.suggestions,
    queryFn: () => request<Suggestions>('GET', 'events/suggestions'),
    refetchOnMount: 'always'
  })
  return answer.data ?? NO_SUGGESTIONS
}

function namesFor(type: string, { eventNames, pageNames, groupIds }: Suggestions): string[] {
  if (type === 'track') return eventNames
  return type === 'group' ? groupIds : pageNames
}

function plainText(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null
}
