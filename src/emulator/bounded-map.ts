/** A map of the entries added last. Its size may be Infinity, and none of it is reserved beforehand. */
export class BoundedMap<Value> {
  private readonly values = new Map<string, Value>()
  /** The keys in a circle: the cursor stands on the oldest once the circle is full. */
  private readonly order: string[] = []
  private cursor = 0

  constructor(private readonly size: number) {}

  get(key: string): Value | undefined {
    return this.values.get(key)
  }

  /** Adds or changes an entry; a new one takes the place of the oldest when there is no more room. */
  set(key: string, value: Value): void {
    if (!this.values.has(key)) this.takePlace(key)
    this.values.set(key, value)
  }

  entries(): [string, Value][] {
    return [...this.values]
  }

  clear(): void {
    this.values.clear()
    this.order.length = 0
    this.cursor = 0
  }

  private takePlace(key: string): void {
    // Asking a Map for its first key instead gets slow: it steps over everything deleted before.
    if (this.values.size >= this.size) this.values.delete(this.order[this.cursor])
    this.order[this.cursor] = key
    this.cursor = (this.cursor + 1) % this.size
  }
}
