import { SlidingWindow } from './limits'
import type { Mistake } from './mistakes'

/**
 * A fault on demand. A rule without `status`, `mistake`, `reset`, `stall` and `delayMs` only counts matching calls. A rule
 * with a `host` that is not Kameleoon's and a `status` plays that host, for instance the target of a redirect; it must be
 * added before the rule that redirects to it.
 */
export interface FaultRule {
  /** The whole path, or a pattern. */
  path?: string | RegExp
  method?: string
  host?: string
  /** HTTP status of the answer, instead of Kameleoon's. The request is not stored. */
  status?: number
  /** The Retry-After header of the answer: a number of seconds, or any text. */
  retryAfter?: number | string
  /** The Location header of the answer: where a redirect points. */
  location?: string
  /** The body of the answer. Text is sent as it is, anything else as JSON. */
  body?: unknown
  /** What is wrong with Kameleoon's own answer: a list that comes short, or maps that are none. See `mistakes.ts`. */
  mistake?: Mistake
  /** Milliseconds to wait before the request is handled, in real time and not by the option `clock`. */
  delayMs?: number
  /**
   * Closes the connection: before the body of the request is read, after it was stored and before the answer, or in the middle
   * of the answer's body.
   */
  reset?: 'before' | 'after' | 'in body'
  /** The request is handled, then the answer stops: before its headers, or after half of its body. The connection stays open. */
  stall?: 'headers' | 'body'
  /** Applies only to calls whose access token is at least this many milliseconds old. */
  tokenAgeMs?: number
  /** Applies only to calls above this number within this time, as a rate limit does. */
  beyond?: { calls: number; milliseconds: number }
  /** How many matching calls pass first. Default 0. */
  skip?: number
  /** Applies to every n-th matching call after those. Default 1. */
  every?: number
  /** How often the rule applies at most. Default: no limit. */
  times?: number
}

/** An active rule. */
export interface Fault {
  readonly rule: FaultRule
  /** How often it was applied. */
  readonly hits: number
  remove(): void
}

export interface FaultTarget {
  path: string
  method: string
  host: string
  /** Milliseconds since its access token was issued; undefined without a known token. */
  tokenAgeMs?: number
  /** When the call arrived, in milliseconds. */
  at: number
}

class ActiveFault implements Fault {
  hits = 0
  private matches = 0
  private readonly window?: SlidingWindow

  constructor(
    readonly rule: FaultRule,
    private readonly faults: Faults
  ) {
    if (rule.beyond) this.window = new SlidingWindow(rule.beyond.calls, rule.beyond.milliseconds)
  }

  applies(target: FaultTarget): boolean {
    if (!matches(this.rule, target) || this.isAllowed(target.at)) return false
    this.matches += 1
    const { skip = 0, every = 1, times = Infinity } = this.rule
    const turn = this.matches - skip
    if (turn < 1 || turn % every !== 0 || this.hits >= times) return false
    this.hits += 1
    return true
  }

  remove(): void {
    this.faults.drop(this)
  }

  private isAllowed(at: number): boolean {
    if (!this.window || this.window.isFull(at)) return false
    this.window.count(at)
    return true
  }
}

/** The active rules in the order they were added. The first one that applies is used. */
export class Faults {
  private active: ActiveFault[] = []

  /** Adds a rule and returns it with its count of hits. */
  add(rule: FaultRule): Fault {
    const fault = new ActiveFault(rule, this)
    this.active.push(fault)
    return fault
  }

  clear(): void {
    this.active = []
  }

  list(): Fault[] {
    return [...this.active]
  }

  /** The rule that applies to this call, if any. The call is counted, so ask once for each call. */
  apply(target: FaultTarget): FaultRule | undefined {
    return this.active.find((fault) => fault.applies(target))?.rule
  }

  drop(fault: Fault): void {
    this.active = this.active.filter((other) => other !== fault)
  }
}

function matches(rule: FaultRule, target: FaultTarget): boolean {
  const { path, method, host, tokenAgeMs } = rule
  if (tokenAgeMs !== undefined && (target.tokenAgeMs ?? -1) < tokenAgeMs) return false
  if (method !== undefined && method.toUpperCase() !== target.method) return false
  if (host !== undefined && host.toLowerCase() !== target.host) return false
  if (path === undefined) return true
  return typeof path === 'string' ? path === target.path : target.path.search(path) >= 0
}
