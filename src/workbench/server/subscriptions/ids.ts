/** Ids that can be read, such as `track-calls`; none that was given once is made up again for another subscription. */
export class Ids {
  private readonly given = new Set<string>()

  /**
   * The entries of a list, each with an id that no other of the list has: its own where it has one, else one made of its
   * name, the same for the same list.
   */
  among<Entry extends { id?: string; name: string }>(entries: Entry[]): (Entry & { id: string })[] {
    const wanted = new Set(entries.flatMap(({ id }) => id ?? []))
    const taken = new Set<string>()
    return entries.map((entry) => {
      const isFirst = entry.id !== undefined && !taken.has(entry.id)
      const id = isFirst ? (entry.id as string) : freeId(entry.name, (slug) => taken.has(slug) || wanted.has(slug))
      taken.add(id)
      this.given.add(id)
      return { ...entry, id }
    })
  }

  /** An id that no subscription has or had. */
  next(name: string): string {
    const id = freeId(name, (slug) => this.given.has(slug))
    this.given.add(id)
    return id
  }
}

function freeId(name: string, isTaken: (id: string) => boolean): string {
  const slug = slugOf(name)
  let id = slug
  for (let number = 2; isTaken(id); number++) id = `${slug}-${number}`
  return id
}

function slugOf(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-|-$/g, '')
  return slug || 'mapping'
}
