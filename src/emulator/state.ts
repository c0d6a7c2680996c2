import type { IncomingMessage } from 'http'
import { ProjectData } from './project'
import type { PartName, Problem } from './events/visit-event'
import { Faults, type FaultRule } from './faults'
import { Maps } from './maps'
import { Nonces } from './nonces'
import type { EmulatorOptions } from './options'
import { RateLimits } from './limits'
import { Recordings } from './recordings'
import { Recent } from './bounded'
import { Tokens } from './tokens'
import { Visitors } from './visitors'

/** Everything the emulator keeps between requests. */
export class State {
  project: ProjectData
  readonly tokens: Tokens
  readonly rateLimits: RateLimits
  readonly recordings: Recordings
  readonly faults = new Faults()
  readonly nonces: Nonces
  readonly maps: Maps
  visitors: Visitors
  readonly forgotten: Recent<string>

  /** The fault that applies to a request. */
  readonly struck = new WeakMap<IncomingMessage, FaultRule>()

  /** What the option `senderOf` returned, by request. */
  readonly senders = new WeakMap<IncomingMessage, unknown>()

  /** @param original whose maps and nonces are read, too; it is never changed */
  constructor(
    readonly options: EmulatorOptions,
    original?: State
  ) {
    this.project = newProject(options)
    this.tokens = new Tokens(options.clock, options.tokenLifetimeSeconds)
    this.rateLimits = new RateLimits(options.clock, options.monthlyUniqueVisitors)
    this.recordings = new Recordings(options.retention)
    this.nonces = new Nonces(options.retention.nonces, original?.nonces)
    this.maps = new Maps(options, original?.maps)
    this.visitors = new Visitors(this.project, options.retention)
    this.forgotten = new Recent(options.retention.visitors)
  }

  /** Records something that Kameleoon would discard from a request to `path`. */
  discard(path: string, { reason, field, value }: Problem, part: PartName = {}): void {
    const at = this.options.clock()
    this.recordings.addDiscarded({ reason, path, ...(field === undefined ? {} : { field }), value, ...part, at })
  }

  /** Removes visitors, maps, nonces and recordings. Goals, custom data, tokens and faults stay. */
  forgetData(): void {
    this.visitors = new Visitors(this.project, this.options.retention)
    this.forgotten.clear()
    const parts = [this.recordings, this.nonces, this.maps]
    parts.forEach((part) => part.reset())
  }

  /** Restores the initial state. Only the options stay. */
  reset(): void {
    this.project = newProject(this.options)
    this.forgetData()
    this.tokens.reset()
    this.rateLimits.reset()
    this.faults.clear()
  }
}

function newProject({ sitecode, goals, customData }: EmulatorOptions): ProjectData {
  return new ProjectData(sitecode, goals, customData)
}
