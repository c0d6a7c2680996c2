import type { HostedDefinition, CurrentSettings, TargetKind } from '../context'
import { exchangeRecorder } from '../exchange/exchange-recorder'
import type { Judgements } from '../exchange/judgements'
import { secretsOf } from '../exchange/secrets-of'
import { tracedDefinition } from '../exchange/traced-definition'
import { hostDestination, messageOf, type SendBatch } from '../segment-host'

export interface LiveHostOptions {
  settings: CurrentSettings
  definitionFor: (target: TargetKind) => HostedDefinition
  judgements: Judgements
  clock: () => number
}

/** The destination with the settings of the moment. Settings that do not fit refuse every event, in their own words. */
export class LiveHost {
  private present: SendBatch | undefined

  constructor(private readonly options: LiveHostOptions) {
    options.settings.onChange(() => (this.present = undefined))
  }

  readonly send: SendBatch = (events, subscription) => {
    this.present ??= this.host()
    return this.present(events, subscription)
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
      const refusal = { status: 400, errormessage: `The settings cannot be used: ${messageOf(error)}` }
      return (events) => Promise.resolve(events.map(() => refusal))
    }
  }
}
