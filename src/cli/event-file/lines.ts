/** A line of a file without its line break; `content` is null when it is longer than the limit. */
export interface Line {
  number: number
  bytes: number
  content: Buffer | null
}

const LINE_FEED = 10

/** Splits bytes into lines, and holds never more of a line than `longest` bytes. Lines are counted from 1. */
export async function* splitLines(source: AsyncIterable<Buffer>, longest: number): AsyncGenerator<Line> {
  const pending = new PendingLine(longest)
  for await (const chunk of source) {
    let start = 0
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      pending.add(chunk.subarray(start, end))
      yield pending.take()
      start = end + 1
    }
    pending.add(chunk.subarray(start))
  }
  if (!pending.isEmpty()) yield pending.take()
}

class PendingLine {
  private number = 1
  private bytes = 0
  private parts: Buffer[] = []

  constructor(private readonly longest: number) {}

  isEmpty(): boolean {
    return this.bytes === 0
  }

  add(part: Buffer): void {
    this.bytes += part.length
    if (this.bytes > this.longest) this.parts = []
    else if (part.length > 0) this.parts.push(part)
  }

  take(): Line {
    const content = this.bytes > this.longest ? null : Buffer.concat(this.parts)
    const line = { number: this.number, bytes: this.bytes, content }
    this.number++
    this.bytes = 0
    this.parts = []
    return line
  }
}
