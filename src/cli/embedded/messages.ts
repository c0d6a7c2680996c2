import type { RecordedRequest } from '../../emulator'
import type { EmbeddedOptions, EmulatorAddress, EmulatorReport } from './embedded-emulator'

/** What the emulator's thread is started with. */
export interface ThreadStart {
  options: EmbeddedOptions
  /** Whether the thread tells every request. */
  tellsRequests: boolean
}

/** What the command asks of the emulator's thread. Each is answered once, with the same kind, in their order. */
export type Question = { kind: 'report' } | { kind: 'close' }

/** What the thread tells the command. `close` is the last message. */
export type Told =
  | { kind: 'started'; address: EmulatorAddress }
  | { kind: 'request'; request: RecordedRequest }
  | { kind: 'report'; report: EmulatorReport }
  | { kind: 'close' }
