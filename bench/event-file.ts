import { createWriteStream } from 'fs'
import { Readable } from 'stream'
import { pipeline } from 'stream/promises'
import { eventText } from './events'

const LINES_PER_WRITE = 500

/** Writes a file of events, one a line; it may be larger than memory. */
export async function writeEventFile(path: string, events: number): Promise<void> {
  await pipeline(Readable.from(lines(events)), createWriteStream(path))
}

function* lines(events: number): Generator<string> {
  for (let first = 0; first < events; first += LINES_PER_WRITE) {
    const count = Math.min(LINES_PER_WRITE, events - first)
    yield Array.from({ length: count }, (_, index) => `${eventText(first + index)}\n`).join('')
  }
}
