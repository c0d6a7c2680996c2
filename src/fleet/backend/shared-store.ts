/** Numbers by name. */
export type Counts = Record<string, number>

/** Counts to add under a key. */
export interface CountsToAdd {
  key: string
  counts: Counts
}

/** What all processes of a fleet share besides the queues. Every member is atomic. */
export interface SharedStore {
  get(key: string): Promise<string | null>
  /** @param seconds how long the value is kept; default: for good */
  set(key: string, value: string, seconds?: number): Promise<void>
  /** Sets a value where there is none. @returns whether it did */
  setIfAbsent(key: string, value: string, seconds?: number): Promise<boolean>
  /** Removes a value or counts. */
  remove(key: string): Promise<void>
  /** The keys of values and counts that begin with this text. */
  keys(prefix: string): Promise<string[]>
  /** Adds to counts that begin at 0. */
  add(key: string, counts: Counts): Promise<void>
  counts(key: string): Promise<Counts>
  /**
   * Sets the count `name` of a key to `value` and adds the others, unless it is `value` or more already: then nothing
   * changes.
   * @returns whether it did
   */
  advance(key: string, name: string, value: number, others: readonly CountsToAdd[]): Promise<boolean>
  /** Lets the counts of a key expire. */
  expire(key: string, seconds: number): Promise<void>
  /**
   * Takes all of these locks, or none if another owner has one of them.
   * @param milliseconds after which they are free again, unless they are taken again by the same owner
   */
  takeLocks(keys: readonly string[], owner: string, milliseconds: number): Promise<boolean>
  releaseLocks(keys: readonly string[], owner: string): Promise<void>
}
