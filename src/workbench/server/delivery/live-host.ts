import {
  exchangeRecorder,
  hostDestination,
  messageOf,
  secretsOf,
  watchedDefinition,
  type OutcomeNode,
  type SendBatch
} from '../../../segment-host'
import type { CurrentSettings, HostedDefinition, TargetKind } from '../hosted'

export interface LiveHostOptions {
  settings: CurrentSettings
  definitionFor: (target: TargetKind) => HostedDefinition
  /** The present time in milliseconds since 1970. */
  clock: () => number
}

/** The destination with the current settings. When the settings do not fit, every event is rejected with the error. */
export class LiveHost {
  private current: SendBatch | undefined

  constructor(private readonly options: LiveHostOptions) {
    options.settings.onChange(() => (this.current = undefined))
  }

  /**
   * Sends to the target that is set now. After the target was changed, it rejects events: an event that was meant for the
   * emulator must never reach a real project, however long it waits.
   */
  readonly sender = (): SendBatch => {
    const { settings } = this.options
    const { target } = settings
    return (events, subscription) => {
      if (settings.target !== target) return rejectAll(events, 409, TARGET_CHANGED)
      this.current ??= this.host()
      return this.current(events, subscription)
    }
  }

  private host(): SendBatch {
    const { settings, definitionFor, clock } = this.options
    const values = settings.current()
    const definition = definitionFor(settings.target)
    const recorder = exchangeRecorder({ clock, secrets: secretsOf(definition, values) })
    try {
      return hostDestination(watchedDefinition(definition, recorder), values)
    } catch (error) {
      const reason = `The settings cannot be used: ${messageOf(error)}`
      return (events) => rejectAll(events, 400, reason)
    }
  }
}

const TARGET_CHANGED =
  'The target was changed after this event came in, and it is not delivered to the new one. Send it again if it should be'

function rejectAll(events: unknown[], status: number, errormessage: string): Promise<OutcomeNode[]> {
  return Promise.resolve(events.map(() => ({ status, errormessage })))
}
