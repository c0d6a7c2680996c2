import { useSessionStorage } from '@mantine/hooks'
import type { Action, Preset, Subscription } from '../../../contract'

/** A mapping as its editor holds it. */
export interface MappingDraft extends Omit<Subscription, 'id'> {
  /** Fields that are written as JSON, with their text as typed, be it valid or not. */
  texts: Record<string, string>
}

const PREFIX = 'mapping-draft:'
const NEW = 'new-'

const draftKey = (id: string) => `${PREFIX}${id}`

/** Mappings that were never saved have ids of the page's own. */
export const isNew = (id: string) => id.startsWith(NEW)

export function draftOf({ name, partnerAction, subscribe, enabled, mapping }: Omit<Subscription, 'id'>): MappingDraft {
  return { name, partnerAction, subscribe, enabled, mapping, texts: {} }
}

/** Keeps a new mapping until it is saved or discarded; returns the id under which its editor finds it. */
export function startDraft(subscription: Omit<Subscription, 'id'>): string {
  const id = `${NEW}${Date.now().toString(36)}`
  sessionStorage.setItem(draftKey(id), JSON.stringify(draftOf(subscription)))
  return id
}

/** New mappings that wait to be saved. */
export function newDrafts(): { id: string; name: string }[] {
  return Object.keys(sessionStorage)
    .filter((key) => key.startsWith(`${PREFIX}${NEW}`))
    .flatMap((key) => {
      const draft = JSON.parse(sessionStorage.getItem(key) ?? 'null') as MappingDraft | null
      return draft ? [{ id: key.slice(PREFIX.length), name: draft.name }] : []
    })
}

/** What a draft saves: a fixed value that was never typed is none, and texts are the page's own. */
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

/** The draft of a mapping, kept over a reload; null while nothing was changed. */
export function useDraft(id: string) {
  return useSessionStorage<MappingDraft | null>({
    key: draftKey(id),
    defaultValue: null,
    getInitialValueInEffect: false
  })
}

/** What an action's fields hold before anybody has edited them. */
export function defaultMapping({ fields }: Action): Record<string, unknown> {
  return Object.fromEntries(fields.filter((field) => field.default !== null).map((field) => [field.key, field.default]))
}

/** The mapping for another action: fields that both have stay, the others begin with their defaults. */
export function mappingFor(action: Action, former: Record<string, unknown>): Record<string, unknown> {
  const known = new Set(action.fields.map(({ key }) => key))
  const kept = Object.entries(former).filter(([key]) => known.has(key))
  return { ...defaultMapping(action), ...Object.fromEntries(kept) }
}

/** Which events Segment Engage sends for a preset; inside Segment the preset is wired to them without a filter. */
const ENGAGE_FILTERS: Record<string, string> = {
  warehouse_audience_entered_track: 'type = "track" and event = "Audience Entered"',
  warehouse_audience_exited_track: 'type = "track" and event = "Audience Exited"',
  warehouse_audience_membership_changed_identify:
    'type = "identify" and context.personas.computation_class = "audience"',
  journeys_step_entered_track: 'type = "track" and event = "Journeys Step Entered"'
}

export function filterOf({ subscribe, eventSlug, name }: Preset): string {
  return subscribe ?? ENGAGE_FILTERS[eventSlug ?? ''] ?? `type = "track" and event = ${JSON.stringify(name)}`
}
