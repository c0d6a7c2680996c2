import type { IncomingMessage } from 'http'
import { Catalog } from './catalog'
import type { Problem } from './events/visit-event'
import { Faults } from './faults'
import { Maps } from './maps'
import { Nonces } from './nonces'
import type { EmulatorOptions } from './options'
import { RateLimits } from './rate-limits'
import { Recordings } from './recordings'
import { Recent } from './recent'
import { Tokens } from './tokens'
import { Visitors } from './visitors'

/** Everything the emulator knows between two requests. */
export class State {
  catalog: Catalog
  readonly tokens: Tokens
  readonly rateLimits: RateLimits
  readonly recordings: Recordings
  readonly faults = new Faults()
  readonly nonces: Nonces
  readonly maps: Maps
  visitors: Visitors
  readonly forgotten: Recent<string>
  /** What the option `senderOf` returned, by request. */
  readonly senders = new WeakMap<IncomingMessage, unknown>()

  constructor(readonly options: EmulatorOptions) {
    this.catalog = newCatalog(options)
    this.tokens = new Tokens(options.clock, options.tokenLifetimeSeconds)
    this.rateLimits = new RateLimits(options.clock, options.monthlyUniqueVisitors)
    this.recordings = new Recordings(options.retention)
    this.nonces = new Nonces(options.retention.nonces)
    this.maps = new Maps(options)
    this.visitors = new Visitors(this.catalog, options.retention)
    this.forgotten = new Recent(options.retention.visitors)
  }

  /** Writes down what Kameleoon would not use of a request to `path`. */
  throwAway(path: string, { reason, field, value }: Problem): void {
    const at = this.options.clock()
    this.recordings.addDiscarded({ reason, path, ...(field === undefined ? {} : { field }), value, at })
  }

  /** Forgets what it was told and what it wrote down; goals, tokens and faults stay. */
  forgetData(): void {
    this.visitors = new Visitors(this.catalog, this.options.retention)
    this.forgotten.clear()
    const parts = [this.recordings, this.nonces, this.maps]
    parts.forEach((part) => part.reset())
  }

  /** Back to the beginning; only the options stay. */
  reset(): void {
    this.catalog = newCatalog(this.options)
    this.forgetData()
    this.tokens.reset()
    this.rateLimits.reset()
    this.faults.clear()
  }
}

function newCatalog({ sitecode, goals, customData }: EmulatorOptions): Catalog {
  return new Catalog(sitecode, goals, customData)
}
