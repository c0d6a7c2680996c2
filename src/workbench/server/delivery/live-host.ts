import type { HostedDefinition, CurrentSettings, TargetKind } from '../hosted'
import {
  exchangeRecorder,
  hostDestination,
  messageOf,
  type OutcomeNode,
  secretsOf,
  type SendBatch,
  tracedDefinition
} from '../../../segment-host'
import type { Judgements } from '../exchange/judgements'

export interface LiveHostOptions {
  settings: CurrentSettings
  definitionFor: (target: TargetKind) => HostedDefinition
  judgements: Judgements
  clock: () => number
}

/** The destination with the settings of the moment. Settings that do not fit reject every event, in their own words. */
export class LiveHost {
  private present: SendBatch | undefined

  constructor(private readonly options: LiveHostOptions) {
    options.settings.onChange(() => (this.present = undefined))
  }

  /**
   * A way to the target of this moment. It stays closed while events go elsewhere: what was sent to the emulator must
   * never end in a real project, however long it waits.
   */
  readonly sender = (): SendBatch => {
    const { settings } = this.options
    const { target } = settings
    return (events, subscription) => {
      if (settings.target !== target) return rejectAll(events, 409, MOVED)
      this.present ??= this.host()
      return this.present(events, subscription)
    }
  }

  private host(): SendBatch {
    const { settings, definitionFor, judgements, clock } = this.options
    const current = settings.current()
    const definition = definitionFor(settings.target)
    const expect = settings.target === 'emulator' ? judgements.expect : null
    const watch = exchangeRecorder({ clock, secrets: secretsOf(definition, current), expect })
    try {
      return hostDestination(tracedDefinition(definition, watch), current)
    } catch (error) {
      const reason = `The settings cannot be used: ${messageOf(error)}`
      return (events) => rejectAll(events, 400, reason)
    }
  }
}

const MOVED = 'Events go to another Kameleoon now than when this one came in. Send it again if it should go there'

function rejectAll(events: unknown[], status: number, errormessage: string): Promise<OutcomeNode[]> {
  return Promise.resolve(events.map(() => ({ status, errormessage })))
}
