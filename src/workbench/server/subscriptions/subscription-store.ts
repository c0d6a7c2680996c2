import type { BaseDefinition } from '@segment/actions-core'
import { messageOf, presetSubscriptions, subscriptionsIn } from '../../../segment-host'
import { Changes, SavedFile, Turns, watchFile } from '../saved-file'
import { Ids } from './ids'
import type { SavedSubscription, SubscriptionDraft } from './saved-subscription'

export interface SubscriptionStoreOptions {
  /** The file that keeps the subscriptions, in the form that `deliver --mapping` reads. */
  path: string
  definition: BaseDefinition
  /** Told what happened to a file that was broken by hand. */
  log?: (line: string) => void
}

/**
 * The subscriptions of a destination, kept in a JSON file that people may edit too, also while this runs. An edit made by
 * hand counts at once and is never overwritten: a change made here is made on top of it, and a text that cannot be used is
 * first copied to `<path>.broken-<n>`.
 */
export class SubscriptionStore {
  private readonly file: SavedFile
  private readonly turns = new Turns()
  private readonly changes = new Changes()
  private readonly ids = new Ids()
  private saved: SavedSubscription[] = []
  /** What the file held when it was read or written last. */
  private text: string | null = null
  /** The content last told to be broken, so that it is told once. */
  private brokenText: string | null = null
  private unwatch = (): void => undefined

  private constructor(private readonly options: SubscriptionStoreOptions) {
    this.file = new SavedFile(options.path)
  }

  /** Reads the file, or writes one with the presets. Throws a UsageError with the reason when it is there and broken. */
  static async open(options: SubscriptionStoreOptions): Promise<SubscriptionStore> {
    const store = new SubscriptionStore(options)
    const text = await store.file.read()
    if (text === null) await store.write(store.presets())
    else store.adopt(text)
    store.unwatch = watchFile(store.path, () => void store.refresh().catch(store.tellFailure))
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

  /** Adds a subscription at the end. The caller has checked it. */
  async add(draft: SubscriptionDraft): Promise<SavedSubscription> {
    return this.change((saved) => {
      const added = { id: this.ids.next(draft.name), ...draft }
      return [[...saved, added], added]
    })
  }

  /** Replaces all of a subscription but its id; null when there is none with this id. The caller has checked it. */
  async update(id: string, draft: SubscriptionDraft): Promise<SavedSubscription | null> {
    return this.change((saved) => {
      if (!saved.some((one) => one.id === id)) return [saved, null]
      const updated = { id, ...draft }
      return [saved.map((one) => (one.id === id ? updated : one)), updated]
    })
  }

  /** False when there was none with this id. */
  async remove(id: string): Promise<boolean> {
    return this.change((saved) => {
      const left = saved.filter((one) => one.id !== id)
      return [left.length < saved.length ? left : saved, left.length < saved.length]
    })
  }

  /** Back to the automatic presets of the definition. */
  async reset(): Promise<SavedSubscription[]> {
    return this.change(() => {
      const presets = this.presets()
      return [presets, presets]
    })
  }

  /** Takes over what was edited by hand; a file that is broken or gone changes nothing. */
  async refresh(): Promise<void> {
    await this.turns.take(async () => void (await this.takeOver()))
  }

  /** Calls the listener after every change, wherever it came from; returns the function that ends it. */
  onChange(listener: () => void): () => void {
    return this.changes.listen(listener)
  }

  /** Stops looking after the file, and resolves when everything that was asked for is saved. */
  async close(): Promise<void> {
    this.unwatch()
    await this.turns.take(() => Promise.resolve())
  }

  private readonly tellFailure = (error: unknown): void => this.options.log?.(messageOf(error))

  private presets(): SavedSubscription[] {
    const presets = presetSubscriptions(this.options.definition)
    return this.ids.among(presets.map((preset) => ({ ...preset, enabled: true })))
  }

  private change<Result>(apply: (saved: SavedSubscription[]) => [SavedSubscription[], Result]): Promise<Result> {
    return this.turns.take(async () => {
      const { isBroken } = await this.takeOver()
      const [next, result] = apply(this.saved)
      if (next === this.saved) return result
      if (isBroken) this.options.log?.(`${this.path} was kept as ${await this.file.keepCopy()}`)
      await this.write(next)
      this.changes.tell()
      return result
    })
  }

  private async takeOver(): Promise<{ isBroken: boolean }> {
    const text = await this.file.read()
    if (text === null || text === this.text) return { isBroken: false }
    try {
      this.adopt(text)
    } catch (error) {
      if (text !== this.brokenText) this.options.log?.(`What was edited by hand is not used: ${messageOf(error)}`)
      this.brokenText = text
      return { isBroken: true }
    }
    this.changes.tell()
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

/** Members in the order in which people read them. */
function inOrder({ id, name, partnerAction, subscribe, enabled, mapping }: SavedSubscription): SavedSubscription {
  return { id, name, partnerAction, subscribe, enabled, mapping }
}
