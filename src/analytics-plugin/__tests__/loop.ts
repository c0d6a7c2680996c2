import type { Variation } from '@kameleoon/javascript-sdk'
import type { Page } from 'playwright-core'
import { URL } from 'url'
import type { Emulator } from '../../emulator'
import {
  endWorkbenches,
  runningWorkbench,
  until,
  type RunningWorkbench
} from '../../workbench/__tests__/running-workbench'
import type { Delivery, EventDetail } from '../../workbench/contract'
import type { BrowserTest } from './browser'
import { addStoredData } from './doc-examples'
import { engineStandIn } from './engine-stand-in'
import { serverSdk, type ServerSdk } from './server-sdk'
import { analyticsWithPlugin, script, type Shop } from './shop'
import { EXPERIMENT, FEATURE, VIP_CHECKOUT } from './vip-checkout'

export const VISITOR = 'shopvisitor00001'

/** A shop with its visitor's browser and its server, Segment, and Kameleoon, connected with each other. */
export class Loop {
  private constructor(
    readonly workbench: RunningWorkbench,
    private readonly sdk: ServerSdk,
    private readonly shop: Shop,
    readonly page: Page
  ) {}

  /** @param pageFolder the built page of the workbench */
  static async start(test: BrowserTest, pageFolder: string): Promise<Loop> {
    const workbench = await runningWorkbench({ pageFolder })
    const sdk = await serverSdk(workbench.context.emulator, VIP_CHECKOUT)
    return new Loop(workbench, sdk, test.shop, await test.page())
  }

  get emulator(): Emulator {
    return this.workbench.context.emulator
  }

  /** The visitor's audiences, read with Kameleoon's SDK. */
  audiences(): Promise<unknown> {
    return this.sdk.client.getRemoteData(`COHORTS_${VISITOR}`)
  }

  /** Gives the SDK the visitor's stored data, to target on. */
  addStoredData(): Promise<void> {
    return addStoredData()(this.sdk.client, VISITOR)
  }

  /** What the SDK on the shop's server decides to show. */
  decide(): Variation {
    return this.sdk.client.getVariation({ visitorCode: VISITOR, featureKey: FEATURE })
  }

  /** Lets the SDK send Kameleoon the data it targeted on and the variation it chose. */
  reportVariation(): Promise<void> {
    return this.sdk.flush(VISITOR, () => this.kept('EXPERIMENT').length > 0)
  }

  /** The visitor looks at the shop, logs in and buys something. */
  async buy(decision: Variation): Promise<void> {
    await this.page.goto(this.shopPage('home', decision))
    await this.page.evaluate(`(async () => {
      await analytics.page()
      await analytics.identify('user1', { plan: 'gold' })
      await analytics.track('Order Completed', { revenue: 42 })
    })()`)
    await this.settled(3)
  }

  /** Engage has put the user into an audience and sends its event from a server. It knows no visitor codes. */
  async enterAudience(): Promise<void> {
    await this.workbench.track('/v1/track', {
      event: 'Audience Entered',
      userId: 'user1',
      properties: { audience_key: 'vip', vip: true },
      context: { personas: { computation_class: 'audience', computation_key: 'vip' } }
    })
    await this.settled(4)
  }

  /**
   * The visitor opens the page whose variation the server has chosen, so that the engine there only tracks it, and gives
   * consent after that. The plugin then sends the exposure in two calls.
   */
  async visitCheckout(decision: Variation): Promise<void> {
    await this.page.goto(this.shopPage('checkout', decision, { consent: null }))
    await this.page.evaluate(`Kameleoon.API.Experiments.trigger(${EXPERIMENT.id}, true)`)
    await this.page.evaluate('Kameleoon.API.Core.enableLegalConsent()')
    await this.page.waitForFunction('posts.bodies.length === 2 && posts.pending === 0')
    await this.settled(6)
  }

  /** Resolves when `count` events have arrived at Segment and each has its result. */
  async settled(count: number): Promise<void> {
    await until(async () => (await this.workbench.events()).length === count, `${count} events`)
    await this.workbench.context.delivery.idle()
  }

  /** The visitor's events of one type that Kameleoon has kept. */
  kept(type: string): object[] {
    return (this.emulator.visitor(VISITOR)?.events ?? []).filter(({ eventType }) => eventType === type)
  }

  /** Everything that an exposure could change in Kameleoon, and every request of the destination. */
  knownToKameleoon(): unknown {
    const { goals, requests } = this.emulator
    const ofDestination = requests.filter(({ headers }) => headers['user-agent'].startsWith('SegmentKameleoon'))
    return structuredClone({ goals, maps: this.emulator.maps(), conversions: this.kept('CONVERSION'), ofDestination })
  }

  async end(): Promise<void> {
    await endWorkbenches()
    this.sdk.end()
  }

  /** A page whose engine knows the decided variation, with the plugin as the script for tag managers. */
  private shopPage(
    name: string,
    { experimentId, id, name: variation = '' }: Variation,
    { consent = true }: { consent?: boolean | null } = {}
  ): string {
    const isShown = experimentId !== null && id !== null
    const experiment = { id: experimentId ?? 0, name: EXPERIMENT.name, variation: { id: id ?? 0, name: variation } }
    const experiments = isShown ? [{ ...experiment, waits: true }] : []
    const source = { writeKey: this.workbench.context.writeKey, cdnURL: this.workbench.address }
    const engine = script(engineStandIn({ visitorCode: VISITOR, consent, experiments }))
    return this.shop.page(name, engine, analyticsWithPlugin({ exposures: 'both' }, source))
  }
}

/** The details of the newest event of this type and name in the workbench. */
export async function newest(
  workbench: RunningWorkbench,
  type: string,
  name: string | null = null
): Promise<EventDetail> {
  const found = (await workbench.events()).find((event) => event.type === type && event.name === name)
  if (!found) throw new Error(`No ${type} event ${name ?? 'without name'} has arrived.`)
  return workbench.detail(found.number)
}

/** The delivery of an event through the only mapping that matched it. */
export function matchedDelivery({ deliveries }: EventDetail): Delivery {
  const [delivery, ...others] = deliveries.filter(({ matched }) => matched)
  expect(others).toEqual([])
  return delivery
}

/** Something written to Kameleoon. */
export interface Write {
  /** Path of the Data API. */
  path: string
  /** As it was sent. */
  body: object
  /** Whether Kameleoon kept every part of it. */
  isKept: boolean
}

/** Everything that an event has written. */
export function writes(detail: EventDetail): Write[] {
  const exchanges = matchedDelivery(detail).attempts.flatMap((attempt) => attempt.exchanges)
  const posts = exchanges.filter(({ request }) => request.method === 'POST' && !request.url.endsWith('/oauth/token'))
  return posts.map(({ request, results }) => {
    const body = JSON.parse(request.body ?? '{}') as object
    const kept = results.filter(({ kind }) => kind === 'kept')
    return { path: new URL(request.url).pathname, body, isKept: kept.length === Object.keys(body).length }
  })
}
