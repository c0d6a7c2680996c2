import { mkdirSync, mkdtempSync, writeFileSync } from 'fs'
import { tmpdir } from 'os'
import { dirname, join } from 'path'
import type { EventLine, SourceLine } from '../../segment-host'

/** Writes files into a new folder, by their paths in it, and gives the folder. */
export function folderWith(files: Record<string, string | Buffer>): string {
  const folder = mkdtempSync(join(tmpdir(), 'events-'))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  return folder
}

/** One track event a line, named as given. */
export function linesOf(...names: string[]): string {
  return names.map((event) => `${JSON.stringify({ type: 'track', event })}\n`).join('')
}

/** Reads all lines; when reading fails, those before, and the message. */
export async function readAll(
  portions: AsyncIterable<readonly SourceLine[]>
): Promise<{ lines: SourceLine[]; failure: string | null }> {
  const lines: SourceLine[] = []
  try {
    for await (const portion of portions) lines.push(...portion)
    return { lines, failure: null }
  } catch (error) {
    // What fails here is an Error; anything else would fail the test.
    return { lines, failure: (error as Error).message }
  }
}

/** Reads all lines of a source that does not fail. */
export async function read(portions: AsyncIterable<readonly SourceLine[]>): Promise<SourceLine[]> {
  const { lines, failure } = await readAll(portions)
  expect(failure).toBeNull()
  return lines
}

export function isEventLine(line: SourceLine): line is EventLine {
  return line.kind === 'event'
}

/** The names of the events. */
export function namesOf(lines: SourceLine[]): unknown[] {
  return lines.filter(isEventLine).map(({ event }) => event.event)
}

/** Each event, or the reason why there is none. */
export function contentsOf(lines: SourceLine[]): unknown[] {
  return lines.map((line) =>
    line.kind === 'event' ? line.event : line.kind === 'unreadable' ? line.reason : line.kind
  )
}

/** Content in pieces of a few bytes, as a pipe may give it. */
export function piecesOf(content: Buffer, length: number): Buffer[] {
  return Array.from({ length: Math.ceil(content.length / length) }, (_, index) =>
    content.subarray(index * length, (index + 1) * length)
  )
}
