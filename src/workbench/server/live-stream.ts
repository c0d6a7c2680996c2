import type { ServerResponse } from 'http'
import type { WorkbenchState } from '../contract'
import type { EventLog } from './event-log/event-log'
import type { LiveEvent } from './event-log/live-event'

/** Changes gather for this long, so that ten thousand events are not ten thousand screens. */
const TELL_EVERY_MS = 150
const KEEP_ALIVE_MS = 15_000

/** Most events told at a time; a page shows no more, and finds the others when it asks. */
const MOST_TOLD = 500

/** Whoever reads this much too slowly is let go, and comes back by itself. */
const MOST_UNREAD_BYTES = 8_000_000

/** Server-sent events to any number of pages. https://html.spec.whatwg.org/multipage/server-sent-events.html */
export class LiveStream {
  private readonly readers = new Set<ServerResponse>()
  private readonly changed = new Set<LiveEvent>()
  private timer: NodeJS.Timeout | undefined
  private readonly keepAlive: NodeJS.Timeout

  constructor(
    events: EventLog,
    private readonly state: () => WorkbenchState
  ) {
    events.onChange((event) => this.note(event))
    this.keepAlive = setInterval(() => this.write(': keep-alive\n\n'), KEEP_ALIVE_MS).unref()
  }

  /** Takes over an answer and writes to it until one of both ends. */
  add(reader: ServerResponse): void {
    reader.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no'
    })
    reader.write('retry: 1000\n\n')
    reader.write(message('state', this.state()))
    this.readers.add(reader)
    reader.on('close', () => this.readers.delete(reader))
  }

  /** The log was emptied. */
  cleared(): void {
    this.changed.clear()
    this.write(message('cleared', {}))
    this.tellSoon()
  }

  /** Mappings or settings were saved. */
  saved(): void {
    this.write(message('saved', {}))
    this.tellSoon()
  }

  /** The state has changed, for example a fault was switched. */
  tellSoon(): void {
    this.timer ??= setTimeout(() => this.tell(), TELL_EVERY_MS).unref()
  }

  close(): void {
    clearInterval(this.keepAlive)
    clearTimeout(this.timer)
    for (const reader of this.readers) reader.end()
    this.readers.clear()
  }

  private note(event: LiveEvent): void {
    if (this.readers.size === 0) return
    // Added anew, so that the events changed last stand at the end.
    this.changed.delete(event)
    this.changed.add(event)
    this.tellSoon()
  }

  private tell(): void {
    this.timer = undefined
    const told = [...this.changed].slice(-MOST_TOLD).sort((one, other) => one.number - other.number)
    this.changed.clear()
    const summaries = told.map((event) => message('summary', event.summary()))
    this.write(summaries.join('') + message('state', this.state()))
  }

  private write(text: string): void {
    for (const reader of this.readers) {
      if (reader.writableLength > MOST_UNREAD_BYTES) reader.destroy()
      else reader.write(text)
    }
  }
}

function message(event: string, data: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}
