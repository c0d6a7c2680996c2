import type { Socket } from 'net'
import type { Handled, PartResult } from '../../../emulator'
import { currentExchange, type RecordedExchange } from '../../../segment-host'

/** What the emulator did with one request after it accepted it. */
export class EmulatorResult {
  /** Null until the emulator has handled the request, which may be after the destination stopped waiting for the answer. */
  parts: PartResult[] | null = null
  private onLate: (() => void) | null = null

  set(parts: PartResult[]): void {
    this.parts = parts
    this.onLate?.()
  }

  /** Calls back once the parts are known, unless they are known already. */
  whenLate(callback: () => void): void {
    if (this.parts === null) this.onLate = callback
  }
}

/**
 * Connects recorded exchanges with what the emulator did with them. The emulator sees the port that a request is sent from;
 * here it is known which exchange uses that port. A connection carries one request at a time.
 */
export class EmulatorResults {
  private readonly byExchange = new WeakMap<RecordedExchange, EmulatorResult>()
  /** Requests that are sent and have not arrived at the emulator. */
  private readonly byPort = new Map<number, EmulatorResult>()

  /** The result of a request; null when it was not sent to the emulator. */
  of(exchange: RecordedExchange): EmulatorResult | null {
    return this.byExchange.get(exchange) ?? null
  }

  /** For the emulator's `connectTo`. */
  readonly onConnection = (socket: Socket): void => {
    const exchange = currentExchange()
    const result = exchange && this.resultFor(exchange)
    if (socket.connecting) socket.once('connect', () => this.use(socket, result))
    else this.use(socket, result)
  }

  /** For the emulator's option `senderOf`. */
  readonly senderOf = (port: number): EmulatorResult | undefined => {
    const result = this.byPort.get(port)
    this.byPort.delete(port)
    return result
  }

  /** For the emulator's option `onHandled`. Requests of other senders have no result here. */
  readonly onHandled = ({ sender, results }: Handled): void => {
    if (sender instanceof EmulatorResult) sender.set(results)
  }

  private resultFor(exchange: RecordedExchange): EmulatorResult {
    const result = this.byExchange.get(exchange) ?? new EmulatorResult()
    this.byExchange.set(exchange, result)
    return result
  }

  private use({ localPort }: Socket, result: EmulatorResult | undefined): void {
    if (localPort === undefined) return
    if (result) this.byPort.set(localPort, result)
    else this.byPort.delete(localPort)
  }
}
