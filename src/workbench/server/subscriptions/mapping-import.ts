import type { BaseDefinition } from '@segment/actions-core'
import { subscriptionEntries, type CheckedEntry } from '../../../segment-host'
import type { MappingImport } from '../../contract'
import type { SavedSubscription, SubscriptionDraft } from './saved-subscription'

type Effect = MappingImport['mappings'][number]

/** A mapping to add, or to put in the place of another. */
export type ImportStep = { kind: 'add'; draft: SubscriptionDraft } | { kind: 'replace'; saved: SavedSubscription }

/** What an import will do, in words and as steps. */
export interface ImportPlan {
  report: MappingImport
  steps: ImportStep[]
}

/**
 * Compares the mappings of a file with the saved ones. One with the id of a saved mapping replaces that one; without an id
 * it replaces the one with its name. The others are added, and those with a problem are left out.
 * @param content an array of subscriptions, or an object with it under `subscriptions`
 * @throws UsageError when the content is neither
 */
export function importPlan(content: unknown, saved: SavedSubscription[], definition: BaseDefinition): ImportPlan {
  const taken = new Set<string>()
  const steps: ImportStep[] = []
  const mappings = subscriptionEntries(content, definition).map((checked, index): Effect => {
    const named = { place: index + 1, name: checked.name, replaces: null, problem: null }
    if (checked.kind === 'faulty') return { ...named, effect: 'left-out', problem: checked.problem }
    const before = replacedBy(checked, saved, taken)
    if (!before) {
      steps.push({ kind: 'add', draft: draftOf(checked) })
      return { ...named, effect: 'added' }
    }
    taken.add(before.id)
    const after = { id: before.id, ...draftOf(checked) }
    if (JSON.stringify(inOrder(before)) === JSON.stringify(inOrder(after))) return { ...named, effect: 'unchanged' }
    steps.push({ kind: 'replace', saved: after })
    return { ...named, effect: 'replaced', replaces: before.name }
  })
  return { report: { mappings }, steps }
}

type ValidEntry = Extract<CheckedEntry, { kind: 'valid' }>

function replacedBy({ entry }: ValidEntry, saved: SavedSubscription[], taken: ReadonlySet<string>) {
  const free = saved.filter(({ id }) => !taken.has(id))
  return free.find(({ id }) => id === entry.id) ?? free.find(({ name }) => name === entry.name)
}

function draftOf({ entry: { name, partnerAction, subscribe, enabled, mapping } }: ValidEntry): SubscriptionDraft {
  return { name, partnerAction, subscribe, enabled, mapping }
}

function inOrder({ name, partnerAction, subscribe, enabled, mapping }: SubscriptionDraft): unknown {
  return [name, partnerAction, subscribe, enabled, sorted(mapping)]
}

/** The order of members does not matter. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return entries.map(([key, member]) => [key, sorted(member)])
}
