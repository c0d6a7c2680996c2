import type { Variation } from '@kameleoon/javascript-sdk'
import type { Page } from 'playwright-core'
import type { Emulator } from '../../emulator'
import {
  endWorkbenches,
  runningWorkbench,
  until,
  type RunningWorkbench
} from '../../workbench/__tests__/running-workbench'
import type { Subscription } from '../../workbench/contract'
import { addStoredData } from './add-stored-data'
import type { BrowserTest } from './browser'
import { engineStandIn } from './engine-stand-in'
import { serverSdk, type ServerSdk } from './server-sdk'
import { analyticsWithPlugin, script, type Shop } from './shop'
import { EXPERIMENT, FEATURE, VIP_CHECKOUT } from './vip-checkout'

export const VISITOR = 'shopvisitor00001'

/** A shop with its visitor's browser and its server, Segment, and Kameleoon, each where the others reach it. */
export class Loop {
  private constructor(
    readonly workbench: RunningWorkbench,
    private readonly sdk: ServerSdk,
    private readonly shop: Shop,
    readonly page: Page
  ) {}

  /** @param pageFolder the workbench's page as it is built */
  static async start(test: BrowserTest, pageFolder: string): Promise<Loop> {
    const workbench = await runningWorkbench({ pageFolder })
    const sdk = await serverSdk(workbench.context.emulator, VIP_CHECKOUT)
    return new Loop(workbench, sdk, test.shop, await test.page())
  }

  get emulator(): Emulator {
    return this.workbench.context.emulator
  }

  /** Changes some fields of a mapping, as its user would. */
  async mapTrackCalls(fields: object): Promise<void> {
    const subscriptions = await this.workbench.get<Subscription[]>('/api/subscriptions')
    const { id, ...calls } = subscriptions.find(({ name }) => name === 'Track Calls') as Subscription
    const changed = { ...calls, mapping: { ...calls.mapping, ...fields } }
    expect((await this.workbench.send('PUT', `/api/subscriptions/${id}`, changed)).status).toBe(200)
  }

  /** The audiences of the visitor, as Kameleoon's SDK reads them back. */
  audiences(): Promise<unknown> {
    return this.sdk.client.getRemoteData(`COHORTS_${VISITOR}`)
  }

  /** Gives the SDK what is stored of the visitor, to target on. */
  addStoredData(): Promise<void> {
    return addStoredData()(this.sdk.client, VISITOR)
  }

  /** What the SDK on the shop's server decides to show. */
  decide(): Variation {
    return this.sdk.client.getVariation({ visitorCode: VISITOR, featureKey: FEATURE })
  }

  /** Has the SDK tell Kameleoon what it targeted on, and what came of it. */
  tellOfVariation(): Promise<void> {
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

  /** Engage has found that the user belongs to an audience, and tells so from Segment's side. It knows no visitor codes. */
  async enterAudience(): Promise<void> {
    await this.workbench.track('/v1/track', {
      event: 'Audience Entered',
      userId: 'user1',
      properties: { audience_key: 'vip', vip: true },
      context: { personas: { computation_class: 'audience', computation_key: 'vip' } }
    })
    await this.settled(4)
  }

  /** The visitor goes on to a page with the experiment, whose exposure the plugin sends by two calls. */
  async visitCheckout(decision: Variation): Promise<void> {
    await this.page.goto(this.shopPage('checkout', decision))
    await this.page.waitForFunction('posts.bodies.length === 2 && posts.pending === 0')
    await this.settled(6)
  }

  /** Resolves when so many events have come to Segment, and are delivered or not. */
  async settled(count: number): Promise<void> {
    await until(async () => (await this.workbench.events()).length === count, `${count} events`)
    await this.workbench.context.delivery.idle()
  }

  /** What Kameleoon keeps of the visitor's events of one type. */
  kept(type: string): object[] {
    return (this.emulator.visitor(VISITOR)?.events ?? []).filter(({ eventType }) => eventType === type)
  }

  /** Everything that an exposure could change in Kameleoon, and each request of the destination. */
  knownToKameleoon(): unknown {
    const { goals, requests } = this.emulator
    const ofDestination = requests.filter(({ headers }) => headers['user-agent'].startsWith('SegmentKameleoon'))
    return structuredClone({ goals, maps: this.emulator.maps(), conversions: this.kept('CONVERSION'), ofDestination })
  }

  async end(): Promise<void> {
    await endWorkbenches()
    this.sdk.end()
  }

  /** The engine shows what was decided; the plugin comes as the script for tag managers. */
  private shopPage(name: string, { experimentId, id, name: variation = '' }: Variation): string {
    const isShown = experimentId !== null && id !== null
    const experiments = isShown ? [{ id: experimentId, name: EXPERIMENT.name, variation: { id, name: variation } }] : []
    const source = { writeKey: this.workbench.context.writeKey, cdnURL: this.workbench.address }
    const engine = script(engineStandIn({ visitorCode: VISITOR, consent: true, experiments }))
    return this.shop.page(name, engine, analyticsWithPlugin({ exposures: 'both' }, source))
  }
}
