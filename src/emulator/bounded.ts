/** How many entries of each kind the emulator keeps; the oldest are dropped. `totals` counts dropped ones too. */
export interface Retention {
  requests: number
  /** Bytes of request bodies kept over all recorded requests. */
  requestBytes: number
  visitors: number
  eventsPerVisitor: number
  maps: number
  /** An event with a dropped nonce counts as new when it is sent again. */
  nonces: number
  discarded: number
}

/** The last items of a stream, limited by their number and by their total weight. */
export class Recent<Item> {
  readonly items: Item[] = []
  private weight = 0

  /**
   * @param count how many items are kept
   * @param capacity the highest total weight; the newest item is kept even if it exceeds this alone
   * @param weigh the weight of one item
   */
  constructor(
    private readonly count: number,
    private readonly capacity = Infinity,
    private readonly weigh: (item: Item) => number = () => 0
  ) {}

  add(item: Item): void {
    this.items.push(item)
    this.weight += this.weigh(item)
    while (this.items.length > this.count || (this.weight > this.capacity && this.items.length > 1)) this.dropOldest()
  }

  clear(): void {
    this.items.length = 0
    this.weight = 0
  }

  private dropOldest(): void {
    const oldest = this.items.shift()
    if (oldest !== undefined) this.weight -= this.weigh(oldest)
  }
}

/** A map that keeps the last `size` entries. The size may be Infinity; no memory is reserved beforehand. */
export class BoundedMap<Value> {
  private readonly values = new Map<string, Value>()
  /** A ring buffer of the keys. Once it is full, the cursor is at the oldest key. */
  private readonly order: string[] = []
  private cursor = 0

  constructor(private readonly size: number) {}

  get(key: string): Value | undefined {
    return this.values.get(key)
  }

  /** Adds or changes an entry. When the map is full, a new entry replaces the oldest one. */
  set(key: string, value: Value): void {
    if (!this.values.has(key)) this.makeRoom(key)
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

  private makeRoom(key: string): void {
    // Reading a Map's first key instead is slow after many deletions.
    if (this.values.size >= this.size) this.values.delete(this.order[this.cursor])
    this.order[this.cursor] = key
    this.cursor = (this.cursor + 1) % this.size
  }
}
