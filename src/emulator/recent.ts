/** The last items of a stream, bounded by their number and by their weight. */
export class Recent<Item> {
  readonly items: Item[] = []
  private weight = 0

  /**
   * @param count how many items are kept
   * @param capacity the total weight kept; the newest item stays even when it alone weighs more
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
