import type { RecordedRequest } from '../src/emulator'
import { TARGETS } from './fault-kinds'

/** Counts requests by target, and does something after some of them. */
export class RequestLog {
  readonly calls = new Map<string, number>()
  /** Requests that were rejected because their token was no longer valid. */
  unauthorized = 0
  total = 0
  private readonly actions = new Map<number, () => void>()

  readonly add = ({ method, path, status }: RecordedRequest): void => {
    this.total++
    if (status === 401) this.unauthorized++
    const name = TARGETS.find((target) => target.method === method && target.path === path)?.name ?? path
    this.calls.set(name, (this.calls.get(name) ?? 0) + 1)
    this.actions.get(this.total)?.()
  }

  /** Does something after request number `total`, counted from 1. */
  after(total: number, action: () => void): void {
    this.actions.set(total, action)
  }

  clear(): void {
    this.calls.clear()
    this.total = 0
    this.unauthorized = 0
  }
}
