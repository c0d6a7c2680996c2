import type { Counts, CountsToAdd, SharedStore } from '../../backend/shared-store'

interface Entry<Value> {
  value: Value
  /** In milliseconds since 1970. */
  until: number
}

/** The store of a fleet whose workers are all in this process. */
export class MemoryStore implements SharedStore {
  private readonly values = new Map<string, Entry<string>>()
  private readonly numbers = new Map<string, Counts>()
  private readonly locks = new Map<string, Entry<string>>()

  get(key: string): Promise<string | null> {
    return Promise.resolve(present(this.values, key) ?? null)
  }

  set(key: string, value: string, seconds = Infinity): Promise<void> {
    this.values.set(key, { value, until: Date.now() + seconds * 1000 })
    return Promise.resolve()
  }

  async setIfAbsent(key: string, value: string, seconds?: number): Promise<boolean> {
    if (present(this.values, key) !== undefined) return false
    await this.set(key, value, seconds)
    return true
  }

  remove(key: string): Promise<void> {
    this.values.delete(key)
    this.numbers.delete(key)
    return Promise.resolve()
  }

  keys(prefix: string): Promise<string[]> {
    const keys = [...this.values.keys(), ...this.numbers.keys()]
    return Promise.resolve(keys.filter((key) => key.startsWith(prefix)))
  }

  add(key: string, counts: Counts): Promise<void> {
    const known = this.numbers.get(key) ?? {}
    for (const [name, number] of Object.entries(counts)) known[name] = (known[name] ?? 0) + number
    this.numbers.set(key, known)
    return Promise.resolve()
  }

  counts(key: string): Promise<Counts> {
    return Promise.resolve({ ...this.numbers.get(key) })
  }

  async advance(key: string, name: string, value: number, others: readonly CountsToAdd[]): Promise<boolean> {
    const known = this.numbers.get(key) ?? {}
    if ((known[name] ?? -Infinity) >= value) return false
    this.numbers.set(key, { ...known, [name]: value })
    for (const other of others) await this.add(other.key, other.counts)
    return true
  }

  expire(): Promise<void> {
    return Promise.resolve()
  }

  takeLocks(keys: readonly string[], owner: string, milliseconds: number): Promise<boolean> {
    const isFree = keys.every((key) => [undefined, owner].includes(present(this.locks, key)))
    if (isFree) for (const key of keys) this.locks.set(key, { value: owner, until: Date.now() + milliseconds })
    return Promise.resolve(isFree)
  }

  releaseLocks(keys: readonly string[], owner: string): Promise<void> {
    for (const key of keys) if (this.locks.get(key)?.value === owner) this.locks.delete(key)
    return Promise.resolve()
  }
}

function present(entries: Map<string, Entry<string>>, key: string): string | undefined {
  const entry = entries.get(key)
  return entry && entry.until > Date.now() ? entry.value : undefined
}
