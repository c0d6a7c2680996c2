import { Destination } from '@segment/actions-core'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import kameleoon from '../../src/destinations/kameleoon'
import { processMemory } from '../../src/destinations/kameleoon/kameleoon-api/project'
import type { Settings } from '../../src/destinations/kameleoon/generated-types'
import { connectTo, startEmulator } from '../../src/emulator'
import type { Emulator, EmulatorInput, FaultRule } from '../../src/emulator'

/** The part of an outcome that holds words. */
interface Node {
  errormessage?: string
  body?: { filtered?: string }
}

/** Something gone wrong on purpose, so that the words for it are the destination's own. */
export interface Provocation {
  settings?: Partial<Settings>
  /** A disturbance of the emulated Kameleoon. */
  fault?: FaultRule
  /** How the emulated project differs from the usual one. */
  project?: EmulatorInput
  /** What is sent; without it the connection is tested. */
  event?: SegmentEvent
  mapping?: JSONObject
  /** Whether what follows a colon are words of Kameleoon, which an emulator cannot know. */
  quotesKameleoon?: true
}

/** Provokes it against a fresh emulator, and resolves to the words that Segment would show. Throws if nothing goes wrong. */
export async function wordsFor(provocation: Provocation): Promise<string> {
  processMemory.tokens.clear()
  processMemory.projects.clear()
  const emulator = await startEmulator(provocation.project)
  try {
    if (provocation.fault) emulator.faults.add(provocation.fault)
    const words = await provoke(emulator, provocation)
    return provocation.quotesKameleoon ? words.replace(/( \d{3} to [A-Z]+ [/\w]+):.*$/s, '$1: …') : words
  } finally {
    await emulator.close()
  }
}

async function provoke(emulator: Emulator, { settings, event, mapping }: Provocation): Promise<string> {
  const destination = new Destination(connectTo(kameleoon, emulator))
  const complete = { apiKey: emulator.apiKey, sitecode: emulator.sitecode, ...settings }
  const nothing = (): never => {
    throw new Error(`Nothing went wrong: ${JSON.stringify({ settings, event, mapping }).slice(0, 300)}`)
  }
  if (!event) return destination.testAuthentication(complete).then(nothing, (error: Error) => error.message)
  try {
    const subscription = subscriptionFor(event, mapping)
    const [result] = await destination.onBatch([event], { ...complete, subscription })
    const [node] = (result as unknown as { multistatus: Node[] }).multistatus
    return node.errormessage ?? node.body?.filtered ?? nothing()
  } catch (error) {
    // Settings that the framework itself rejects.
    if (error instanceof Error && error.name === 'AggregateAjvError') return error.message
    throw error
  }
}

function subscriptionFor({ type }: SegmentEvent, mapping: JSONObject = {}): JSONObject {
  const preset = kameleoon.presets?.find((one) => one.type === 'automatic' && one.subscribe === `type = "${type}"`)
  if (preset?.type !== 'automatic') throw new Error(`No preset takes ${type} calls`)
  const { partnerAction, subscribe } = preset
  return { partnerAction, subscribe, mapping: { ...preset.mapping, ...mapping } }
}
