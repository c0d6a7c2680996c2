import { useSessionStorage } from '@mantine/hooks'
import type { Action, Preset, Subscription } from '../../../contract'

/** A mapping in the editor. */
export interface MappingDraft extends Omit<Subscription, 'id'> {
  /** The typed text of the fields that are edited as JSON, by field key. It may be invalid. */
  texts: Record<string, string>
}

const PREFIX = 'mapping-draft:'
const NEW = 'new-'

const draftKey = (id: string) => `${PREFIX}${id}`

/** Mappings that were never saved have an id made by the page. */
export const isNew = (id: string) => id.startsWith(NEW)

export function draftOf({ name, partnerAction, subscribe, enabled, mapping }: Omit<Subscription, 'id'>): MappingDraft {
  return { name, partnerAction, subscribe, enabled, mapping, texts: {} }
}

/** Stores a new mapping until it is saved or discarded. Returns its id. */
export function startDraft(subscription: Omit<Subscription, 'id'>): string {
  const id = `${NEW}${Date.now().toString(36)}`
  sessionStorage.setItem(draftKey(id), JSON.stringify(draftOf(subscription)))
  return id
}

/** New mappings that are not saved yet. */
export function newDrafts(): { id: string; name: string }[] {
  return Object.keys(sessionStorage)
    .filter((key) => key.startsWith(`${PREFIX}${NEW}`))
    .flatMap((key) => {
      const draft = JSON.parse(sessionStorage.getItem(key) ?? 'null') as MappingDraft | null
      return draft ? [{ id: key.slice(PREFIX.length), name: draft.name }] : []
    })
}

/** The mapping to save: without empty fixed values, and without the texts, which only the page needs. */
export function savedForm({
  name,
  partnerAction,
  subscribe,
  enabled,
  mapping
}: MappingDraft): Omit<Subscription, 'id'> {
  const filledIn = Object.fromEntries(Object.entries(mapping).filter(([, value]) => value !== ''))
  return { name: name.trim(), partnerAction, subscribe: subscribe.trim(), enabled, mapping: filledIn }
}

export function differs(draft: MappingDraft, saved: Omit<Subscription, 'id'>): boolean {
  return JSON.stringify(savedForm(draft)) !== JSON.stringify(savedForm(draftOf(saved)))
}

/** The draft of a mapping, which survives a reload; null while nothing is changed. */
export function useDraft(id: string) {
  return useSessionStorage<MappingDraft | null>({
    key: draftKey(id),
    defaultValue: null,
    getInitialValueInEffect: false
  })
}

/** The default values of an action's fields. */
export function defaultMapping({ fields }: Action): Record<string, unknown> {
  return Object.fromEntries(fields.filter((field) => field.default !== null).map((field) => [field.key, field.default]))
}

/** The mapping for another action: fields that both actions have keep their values, the others get their defaults. */
export function mappingFor(action: Action, previous: Record<string, unknown>): Record<string, unknown> {
  const known = new Set(action.fields.map(({ key }) => key))
  const kept = Object.entries(previous).filter(([key]) => known.has(key))
  return { ...defaultMapping(action), ...Object.fromEntries(kept) }
}

/** The events that Segment Engage sends for a preset. In Segment, such a preset needs no filter. */
const ENGAGE_FILTERS: Record<string, string> = {
  warehouse_audience_entered_track: 'type = "track" and event = "Audience Entered"',
  warehouse_audience_exited_track: 'type = "track" and event = "Audience Exited"',
  warehouse_audience_membership_changed_identify:
    'type = "identify" and context.personas.computation_class = "audience"',
  journeys_step_entered_track: 'type = "track" and event = "Journeys Step Entered"'
}

/** The filter of a mapping that is created from a preset. */
export function filterOf({ subscribe, eventSlug, name }: Preset): string {
  return subscribe ?? ENGAGE_FILTERS[eventSlug ?? ''] ?? `type = "track" and event = ${JSON.stringify(name)}`
}
