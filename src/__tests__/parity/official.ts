import genuine from '@segment/action-destinations/dist/destinations/kameleoon'
import { Destination } from '@segment/actions-core'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import { connectTo } from '../../emulator'
import { Receiver } from './receiver'
import type { Received } from './receiver'

export type ResultBadge = 'accepts' | 'rejects' | 'skips' | 'ignores'

export const SETTINGS = { apiKey: 'bm90IHJlYWw=', sitecode: 'emulated01' }

/**
 * The genuine official destination, whose requests end at a local receiver. It goes by another name: the framework keeps
 * compiled schemas by name and title, and two destinations of one name would share those of the first.
 */
export class Official {
  readonly destination: Destination<typeof SETTINGS>

  private constructor(readonly receiver: Receiver) {
    this.destination = new Destination(connectTo({ ...genuine, name: 'Official Kameleoon' }, receiver))
  }

  static async start(): Promise<Official> {
    return new Official(await Receiver.start())
  }

  /** What it does with one event under the presets that Segment creates, and what it sent. */
  async take(event: SegmentEvent): Promise<{ kind: ResultBadge; sent?: Received; words: string }> {
    const { received } = this.receiver
    const before = received.length
    const subscriptions = presetsOf(event)
    if (subscriptions.length === 0) return { kind: 'ignores', words: 'no preset takes it' }
    try {
      await this.destination.onEvent(event, { ...SETTINGS, subscriptions })
    } catch (error) {
      return { kind: 'rejects', words: (error as Error).message }
    } finally {
      this.destination.responses.length = 0
    }
    const [sent, ...more] = received.slice(before)
    if (!sent || more.length > 0) throw new Error(`One request was expected, not ${received.length - before}`)
    return { kind: 'accepts', sent, words: '' }
  }

  async close(): Promise<void> {
    await this.receiver.close()
  }
}

function presetsOf({ type }: SegmentEvent): JSONObject[] {
  return (genuine.presets ?? []).flatMap((preset) => {
    if (preset.type !== 'automatic' || preset.subscribe !== `type = "${type}"`) return []
    const { partnerAction, subscribe, mapping = {} } = preset
    return [{ partnerAction, subscribe, mapping }]
  })
}
