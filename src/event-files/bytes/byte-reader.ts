/** Takes bytes from chunks in the lengths that are needed. */
export class ByteReader {
  private readonly source: AsyncIterator<Buffer>
  /** The chunk that is being taken from. */
  private chunk: Buffer = Buffer.alloc(0)
  /** How much of it is taken. */
  private taken = 0

  constructor(chunks: AsyncIterable<Buffer>) {
    this.source = chunks[Symbol.asyncIterator]()
  }

  /** Exactly this many bytes; null when there are fewer. */
  async take(length: number): Promise<Buffer | null> {
    const head = await this.peek(length)
    if (head.length < length) return null
    this.taken += length
    return head
  }

  /** The next bytes, which stay to be taken: this many, or all when there are fewer. */
  async peek(length: number): Promise<Buffer> {
    while (this.chunk.length - this.taken < length) {
      const next = await this.source.next()
      if (next.done) break
      const rest = this.chunk.subarray(this.taken)
      this.chunk = rest.length === 0 ? next.value : Buffer.concat([rest, next.value])
      this.taken = 0
    }
    return this.chunk.subarray(this.taken, this.taken + length)
  }

  /** The next bytes as they came, at most this many; null at the end. */
  async next(most: number): Promise<Buffer | null> {
    if ((await this.peek(1)).length === 0) return null
    const piece = this.chunk.subarray(this.taken, this.taken + most)
    this.taken += piece.length
    return piece
  }

  /** Returns this many of the bytes that `next` has just given, to be taken again. */
  putBack(length: number): void {
    this.taken -= length
  }

  /** Ends reading before the end of the source. */
  async close(): Promise<void> {
    await this.source.return?.()
  }
}
