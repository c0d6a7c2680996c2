import type { Handled } from '../../../emulator'
import { Judged } from '../../../segment-host'

/** A place for what becomes of one request. */
export interface Expected {
  judged: Judged
  /** The request was not taken: what comes later under the same body belongs to another. */
  withdraw(): void
}

/** Whether the emulator tells what it made of such a request; who waits for others waits for ever. */
export function isJudged(path: string): boolean {
  return path === '/visit/events' || path === '/map/maps'
}

/** Requests that timed out may never be handled, so the oldest places make room. */
const MOST_EXPECTED = 500

/**
 * Brings together requests and what the emulator made of them. Nothing in a request says which exchange it belongs to, but
 * its body does: of equal bodies, the one sent first is taken to be handled first.
 */
export class Judgements {
  private readonly expected = new Map<string, Judged[]>()

  /** To be called before a request is sent that the emulator judges. */
  readonly expect = (path: string, body: string): Expected => {
    const judged = new Judged()
    const key = keyOf(path, body)
    this.replace(key, [...(this.expected.get(key) ?? []), judged])
    if (this.expected.size > MOST_EXPECTED) this.expected.delete([...this.expected.keys()][0])
    const withdraw = (): void =>
      this.replace(
        key,
        (this.expected.get(key) ?? []).filter((one) => one !== judged)
      )
    return { judged, withdraw }
  }

  /** To be told by the emulator. A body that nobody expects came from elsewhere. */
  readonly handled = ({ path, body, results }: Handled): void => {
    const key = keyOf(path, body)
    const [first, ...others] = this.expected.get(key) ?? []
    this.replace(key, others)
    first?.know(results)
  }

  private replace(key: string, waiting: Judged[]): void {
    if (waiting.length > 0) this.expected.set(key, waiting)
    else this.expected.delete(key)
  }
}

function keyOf(path: string, body: string): string {
  return `${path} ${body}`
}
