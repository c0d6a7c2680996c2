/** Lets actions that share a key run one after the other, in the order in which they came; others run side by side. */
export class KeyLocks {
  /** For each key in use, when the last action that wants it has ended. */
  private readonly ends = new Map<string, Promise<unknown>>()

  /** Runs an action once all its keys are free. All keys are claimed at once, so no two actions wait for each other. */
  async run<T>(keys: readonly string[], action: () => Promise<T>): Promise<T> {
    const result = Promise.all(keys.map((key) => this.ends.get(key) ?? Promise.resolve())).then(action)
    const end = result.catch(() => undefined)
    for (const key of keys) this.ends.set(key, end)
    try {
      return await result
    } finally {
      for (const key of keys) if (this.ends.get(key) === end) this.ends.delete(key)
    }
  }
}
