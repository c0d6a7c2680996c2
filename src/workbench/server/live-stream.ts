import type { ServerResponse } from 'http'
import type { WorkbenchState } from '../contract'
import type { EventLog } from './event-log/event-log'
import type { LiveEvent } from './event-log/live-event'

/** Changes are gathered for this long, so that a page is not redrawn for each of many events. */
const SEND_EVERY_MS = 150
const KEEP_ALIVE_MS = 15_000

/** Most events sent at a time. A page shows no more, and requests the others when it needs them. */
const MOST_SENT = 500

/** A reader with more unread bytes than this is disconnected. Browsers reconnect by themselves. */
const MOST_UNREAD_BYTES = 8_000_000

/** Server-sent events to any number of pages. https://html.spec.whatwg.org/multipage/server-sent-events.html */
export class LiveStream {
  private readonly readers = new Set<ServerResponse>()
  /** Events that changed since the last sending, the last changed at the end. */
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

  /** Writes to this response until it is closed or the stream is. */
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

  /** To be called after the log was emptied. */
  cleared(): void {
    this.changed.clear()
    this.write(message('cleared', {}))
    this.sendSoon()
  }

  /** To be called after mappings or settings were saved. */
  saved(): void {
    this.write(message('saved', {}))
    this.sendSoon()
  }

  /** To be called after any other change of the state, for example of a fault. */
  sendSoon(): void {
    this.timer ??= setTimeout(() => this.send(), SEND_EVERY_MS).unref()
  }

  close(): void {
    clearInterval(this.keepAlive)
    clearTimeout(this.timer)
    for (const reader of this.readers) reader.end()
    this.readers.clear()
  }

  private note(event: LiveEvent): void {
    if (this.readers.size === 0) return
    // Removed first, so that it moves to the end.
    this.changed.delete(event)
    this.changed.add(event)
    this.sendSoon()
  }

  private send(): void {
    this.timer = undefined
    const latest = [...this.changed].slice(-MOST_SENT).sort((one, other) => one.number - other.number)
    this.changed.clear()
    const summaries = latest.map((event) => message('summary', event.summary()))
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
