import { Destination } from '@segment/actions-core'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import definition from '../../destinations/kameleoon'
import { processMemory } from '../../destinations/kameleoon/kameleoon-api/project'
import type { Settings } from '../../destinations/kameleoon/generated-types'
import { connectTo, startEmulator, type Emulator } from '../../emulator'

export interface Delivered {
  status: number
  body?: { filtered?: string }
}

/** The real destination at a local Kameleoon which a page or an SDK may read too. */
export class RunningDestination {
  private readonly destination: Destination<Settings>

  private constructor(readonly emulator: Emulator) {
    this.destination = new Destination(connectTo(definition, emulator))
  }

  static async start(): Promise<RunningDestination> {
    return new RunningDestination(await startEmulator())
  }

  /** Delivers an event with the preset for its type, some fields of the mapping changed. */
  async deliver(event: SegmentEvent, mapping: JSONObject = {}): Promise<Delivered> {
    const subscribe = `type = "${event.type}"`
    const preset = definition.presets?.find((one) => one.type === 'automatic' && one.subscribe === subscribe)
    if (!preset) throw new Error(`No preset takes ${event.type} calls.`)
    const subscription = { ...preset, subscribe, mapping: { ...preset.mapping, ...mapping } }
    const { apiKey, sitecode } = this.emulator
    const results = await this.destination.onEvent(event, { apiKey, sitecode, subscription })
    // The last result holds what the action's perform returned.
    return (results[results.length - 1] as unknown as { data: Delivered }).data
  }

  async close(): Promise<void> {
    await this.emulator.close()
    processMemory.tokens.clear()
    processMemory.projects.clear()
  }
}
