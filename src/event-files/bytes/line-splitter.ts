/** A line of a file. `content` ends with a line feed; it is null when the line is longer than the limit. */
export interface RawLine {
  /** Its number in the file, from 1, blank lines included. */
  line: number
  /** Its length without the line feed. */
  bytes: number
  content: Buffer | null
}

const LINE_FEED = 10
const LINE_END = Buffer.from([LINE_FEED])

/** Splits chunks of bytes into lines, and keeps at most `longest` bytes of a line in memory. */
export class LineSplitter {
  private line = 0
  /** The start of a line whose end has not come yet, and its length; a start that is too long is not kept. */
  private parts: Buffer[] = []
  private bytes = 0

  constructor(private readonly longest: number) {}

  /** The lines that end in this chunk. */
  split(chunk: Buffer): RawLine[] {
    const lines: RawLine[] = []
    let start = 0
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      lines.push(this.ended(chunk.subarray(start, end + 1)))
      start = end + 1
    }
    if (start < chunk.length) this.keep(chunk.subarray(start))
    return lines
  }

  /** The last line, if there is one that has no line feed. */
  end(): RawLine[] {
    return this.bytes === 0 ? [] : [this.ended(LINE_END)]
  }

  private keep(part: Buffer): void {
    this.bytes += part.length
    if (this.bytes > this.longest) this.parts = []
    else this.parts.push(part)
  }

  private ended(last: Buffer): RawLine {
    this.line++
    const bytes = this.bytes + last.length - 1
    const content = bytes > this.longest ? null : this.whole(last)
    this.parts = []
    this.bytes = 0
    return { line: this.line, bytes, content }
  }

  private whole(last: Buffer): Buffer {
    return this.parts.length === 0 ? last : Buffer.concat([...this.parts, last])
  }
}
