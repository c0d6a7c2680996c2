import { SlidingWindow } from './rate-limits'

/** A disturbance on demand. Without status, reset and delay a rule only counts. */
export interface FaultRule {
  /** The whole path, or a pattern. */
  path?: string | RegExp
  method?: string
  host?: string
  /** Answered in place of Kameleoon's answer; nothing of the request is stored. */
  status?: number
  /** The answer's Retry-After header, as a number of seconds or as written. */
  retryAfter?: number | string
  /** The answer's body; text is sent as it is, anything else as JSON. */
  body?: unknown
  /** Real milliseconds to wait before the request is handled; the injected clock has no part in it. */
  delayMs?: number
  /** Cuts the connection: before the body is taken, or when it has been taken and stored but not answered. */
  reset?: 'before' | 'after'
  /** Strikes only calls whose access token is at least this old, as if it had expired. */
  tokenAgeMs?: number
  /** Strikes only calls beyond this many within any such time, as a rate limit does. */
  beyond?: { calls: number; milliseconds: number }
  /** Lets this many matching calls pass first. */
  skip?: number
  /** Strikes every n-th matching call after those. */
  every?: number
  /** Strikes at most this often. */
  times?: number
}

/** A rule at work. */
export interface Fault {
  readonly rule: FaultRule
  /** How often it struck. */
  readonly hits: number
  remove(): void
}

export interface FaultTarget {
  path: string
  method: string
  host: string
  /** Milliseconds since its access token was handed out; nothing without a valid one. */
  tokenAgeMs?: number
  /** When the call came, in milliseconds. */
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

  strikes(target: FaultTarget): boolean {
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

/** The rules in the order they were added. The first one that strikes wins. */
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

  /** The rule that strikes this call, if any. Asking counts the call. */
  strike(target: FaultTarget): FaultRule | undefined {
    return this.active.find((fault) => fault.strikes(target))?.rule
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
