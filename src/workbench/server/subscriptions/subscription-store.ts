import type { BaseDefinition } from '@segment/actions-core'
import { messageOf, presetSubscriptions, subscriptionsIn } from '../../../segment-host'
import { Changes, SavedFile, Turns, watchFile, type WriteAccess } from '../saved-file'
import type { ImportStep } from './mapping-import'
import { Ids, type SavedSubscription, type SubscriptionDraft } from './saved-subscription'

interface SubscriptionStoreOptions {
  /** The file for the subscriptions, in the form that `deliver --mapping` reads. */
  path: string
  definition: BaseDefinition
  /** Receives messages about a file that was edited by hand and cannot be used. */
  log?: (line: string) => void
  /** Decides whether the file may be changed. Default: always. */
  access?: WriteAccess
}

/**
 * The subscriptions of a destination, kept in a JSON file that the user may also edit, even while the workbench runs. Such an
 * edit counts at once and is never lost: changes made here are added to it, and a file that cannot be used is copied to
 * `<path>.broken-<n>` before it is overwritten.
 */
export class SubscriptionStore {
  private readonly file: SavedFile
  private readonly turns = new Turns()
  private readonly changes = new Changes()
  private readonly ids = new Ids()
  private saved: SavedSubscription[] = []
  /** The content of the file when it was last read or written. */
  private text: string | null = null
  /** The unusable content that was last logged, so that it is logged only once. */
  private brokenText: string | null = null
  private unwatch = (): void => undefined

  private constructor(private readonly options: SubscriptionStoreOptions) {
    this.file = new SavedFile(options.path, options.access)
  }

  /** Reads the file, or writes one with the presets. Throws a UsageError with the reason when the file cannot be used. */
  static async open(options: SubscriptionStoreOptions): Promise<SubscriptionStore> {
    const store = new SubscriptionStore(options)
    const text = await store.file.read()
    if (text !== null) store.adopt(text)
    else if (store.file.isReadOnly) store.saved = store.presets()
    else await store.write(store.presets())
    store.unwatch = watchFile(store.path, () => void store.refresh().catch(store.logFailure))
    return store
  }

  get path(): string {
    return this.file.path
  }

  list(): SavedSubscription[] {
    return [...this.saved]
  }

  get(id: string): SavedSubscription | undefined {
    return this.saved.find((subscription) => subscription.id === id)
  }

  /** Adds a subscription at the end. The caller has checked the draft. */
  async add(draft: SubscriptionDraft): Promise<SavedSubscription> {
    return this.change((saved) => {
      const added = { id: this.ids.next(draft.name), ...draft }
      return [[...saved, added], added]
    })
  }

  /** Replaces everything but the id; null when there is no subscription with this id. The caller has checked the draft. */
  async update(id: string, draft: SubscriptionDraft): Promise<SavedSubscription | null> {
    return this.change((saved) => {
      if (!saved.some((one) => one.id === id)) return [saved, null]
      const updated = { id, ...draft }
      return [saved.map((one) => (one.id === id ? updated : one)), updated]
    })
  }

  /** False when there is no subscription with this id. */
  async remove(id: string): Promise<boolean> {
    return this.change((saved) => {
      const left = saved.filter((one) => one.id !== id)
      return [left.length < saved.length ? left : saved, left.length < saved.length]
    })
  }

  /** Adds and replaces subscriptions, all at once. Those that a step replaces and that are gone by now are added. */
  async import(steps: readonly ImportStep[]): Promise<void> {
    await this.change((saved) => [steps.reduce((list, step) => this.afterStep(list, step), saved), undefined])
  }

  /** Replaces all subscriptions with the automatic presets of the definition. */
  async reset(): Promise<SavedSubscription[]> {
    return this.change(() => {
      const presets = this.presets()
      return [presets, presets]
    })
  }

  /** Reads the file if it was edited. A file that cannot be used or was deleted changes nothing. */
  async refresh(): Promise<void> {
    await this.turns.take(async () => void (await this.takeOver()))
  }

  /** Calls the listener after every change, also after edits of the file. Returns a function that removes it. */
  onChange(listener: () => void): () => void {
    return this.changes.listen(listener)
  }

  /** Stops watching the file. Resolves when all changes are saved. */
  async close(): Promise<void> {
    this.unwatch()
    await this.turns.take(() => Promise.resolve())
  }

  private afterStep(list: SavedSubscription[], step: ImportStep): SavedSubscription[] {
    if (step.kind === 'add') return [...list, { id: this.ids.next(step.draft.name), ...step.draft }]
    const { saved } = step
    if (!list.some(({ id }) => id === saved.id)) return [...list, saved]
    return list.map((one) => (one.id === saved.id ? saved : one))
  }

  private readonly logFailure = (error: unknown): void => this.options.log?.(messageOf(error))

  private presets(): SavedSubscription[] {
    const presets = presetSubscriptions(this.options.definition)
    return this.ids.among(presets.map((preset) => ({ ...preset, enabled: true })))
  }

  private change<Result>(apply: (saved: SavedSubscription[]) => [SavedSubscription[], Result]): Promise<Result> {
    return this.turns.take(async () => {
      const { isBroken } = await this.takeOver()
      const [next, result] = apply(this.saved)
      if (next === this.saved) return result
      if (isBroken) this.options.log?.(`${this.path} was copied to ${await this.file.keepCopy()}`)
      await this.write(next)
      this.changes.notify()
      return result
    })
  }

  private async takeOver(): Promise<{ isBroken: boolean }> {
    const text = await this.file.read()
    if (text === null || text === this.text) return { isBroken: false }
    try {
      this.adopt(text)
    } catch (error) {
      if (text !== this.brokenText) this.options.log?.(`The edited file is not used: ${messageOf(error)}`)
      this.brokenText = text
      return { isBroken: true }
    }
    this.changes.notify()
    return { isBroken: false }
  }

  private adopt(text: string): void {
    this.saved = this.ids.among(subscriptionsIn(text, this.path, this.options.definition))
    this.text = text
  }

  private async write(saved: SavedSubscription[]): Promise<void> {
    const text = `${JSON.stringify(saved.map(inOrder), null, 2)}\n`
    await this.file.write(text)
    this.saved = saved
    this.text = text
  }
}

/** Members in the order in which they are easiest to read. */
function inOrder({ id, name, partnerAction, subscribe, enabled, mapping }: SavedSubscription): SavedSubscription {
  return { id, name, partnerAction, subscribe, enabled, mapping }
}
