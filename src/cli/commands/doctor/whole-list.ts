/** The items of a list of the Automation API. */
export interface List<Item> {
  items: Item[]
  /** False where the list has more items than were read. */
  isWhole: boolean
}

/** At least 1,000 items. The whole account has 1,000 requests an hour, and deliveries need them too. */
const MOST_PAGES = 20

/**
 * Reads a list page by page. A service that repeats pages does not keep it from ending.
 * @param read a page, from 1
 * @param keyOf tells items apart
 */
export async function wholeList<Item>(
  read: (page: number) => Promise<{ items: Item[]; isLast: boolean }>,
  keyOf: (item: Item) => number
): Promise<List<Item>> {
  const found = new Map<number, Item>()
  for (let page = 1; page <= MOST_PAGES; page++) {
    const { items, isLast } = await read(page)
    const before = found.size
    for (const item of items) found.set(keyOf(item), item)
    if (isLast || found.size === before) return { items: [...found.values()], isWhole: true }
  }
  return { items: [...found.values()], isWhole: false }
}
