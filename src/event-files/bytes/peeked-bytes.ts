/** Content of which the start can be looked at, and is read again with the rest. */
export class PeekedBytes {
  private readonly seen: Buffer[] = []

  constructor(private readonly source: AsyncGenerator<Buffer>) {}

  /** The chunks from the start. As long as it is read, they are kept. */
  async *ahead(): AsyncIterable<Buffer> {
    yield* this.seen
    for (let next = await this.source.next(); !next.done; next = await this.source.next()) {
      this.seen.push(next.value)
      yield next.value
    }
  }

  /** The whole content, once. */
  whole(): AsyncGenerator<Buffer> {
    return joined(this.seen, this.source)
  }
}

/** Chunks that were read before, which are then let go, and the rest of their source. */
export async function* joined(before: Buffer[], rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  try {
    for (let chunk = before.shift(); chunk; chunk = before.shift()) yield chunk
    yield* rest
  } finally {
    // Closes the file also when nobody reads on before the rest has begun.
    await rest.return(undefined)
  }
}
