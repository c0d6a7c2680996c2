import type { StoredDataUse } from '../../segment-host'

/** The last sequence of a job, by partition. */
type Sequences = Map<number, number>

/** What later events may have to wait for, of all jobs that a run has put on the queue and that are not finished. */
export class OrderMemory {
  private readonly writers = new Map<string, Sequences>()
  private readonly linked = new Map<string, Sequences>()

  /**
   * @param floor what was on the queue before, by partition: nobody knows what is in it, so everything waits for it
   */
  constructor(private floor: readonly number[] = []) {}

  /** The jobs of other partitions that must be finished before an event: the last sequence of each. */
  blockersOf(identities: readonly string[], { mayLink }: Pick<StoredDataUse, 'mayLink'>, partition: number): Sequences {
    const found: Sequences = new Map()
    const add = (sequences?: Sequences): void => sequences?.forEach((sequence, other) => raise(found, other, sequence))
    this.floor.forEach((sequence, other) => sequence > 0 && raise(found, other, sequence))
    for (const identity of identities) {
      add(this.writers.get(identity))
      if (mayLink) add(this.linked.get(identity))
    }
    found.delete(partition)
    return found
  }

  add(
    identities: readonly string[],
    { mayWrite, needsLink }: Pick<StoredDataUse, 'mayWrite' | 'needsLink'>,
    partition: number,
    sequence: number
  ): void {
    for (const identity of identities) {
      if (mayWrite) keep(this.writers, identity, partition, sequence)
      if (needsLink) keep(this.linked, identity, partition, sequence)
    }
  }

  /** Forgets what is finished. @param done the last finished sequence, by partition */
  forget(done: readonly number[]): void {
    this.floor = this.floor.map((sequence, partition) => (sequence <= done[partition] ? 0 : sequence))
    for (const places of [this.writers, this.linked]) {
      for (const [identity, sequences] of places) {
        for (const [partition, sequence] of sequences) if (sequence <= done[partition]) sequences.delete(partition)
        if (sequences.size === 0) places.delete(identity)
      }
    }
  }
}

function keep(places: Map<string, Sequences>, identity: string, partition: number, sequence: number): void {
  const sequences = places.get(identity)
  if (sequences) raise(sequences, partition, sequence)
  else places.set(identity, new Map([[partition, sequence]]))
}

function raise(sequences: Sequences, partition: number, sequence: number): void {
  sequences.set(partition, Math.max(sequences.get(partition) ?? 0, sequence))
}
