import type { Variation } from '@kameleoon/javascript-sdk'
import type { Page } from 'playwright-core'
import { BUILD_TIME, builtPage } from '../../workbench/__tests__/page-build'
import {
  endWorkbenches,
  newFolder,
  runningWorkbench,
  until,
  type RunningWorkbench
} from '../../workbench/__tests__/running-workbench'
import type { Subscription } from '../../workbench/contract'
import { addStoredData } from './add-stored-data'
import { inBrowser } from './browser'
import { engineStandIn } from './engine-stand-in'
import { screenshot } from './screenshot'
import { serverSdk, type ServerSdk } from './server-sdk'
import { analyticsWithPlugin, script } from './shop'
import { EXPERIMENT, FEATURE, VARIATION, VIP_CHECKOUT } from './vip-checkout'
import { newest, taken, writes } from './way-of-event'

jest.setTimeout(120_000)

const test = inBrowser()
const VISITOR = 'shopvisitor00001'
const HAS_CODE = { kameleoonVisitorCode: VISITOR }
const LIBRARY = { name: 'analytics.js', version: expect.stringMatching(/^next-/) as string }
const EXPOSURE = {
  experimentID: EXPERIMENT.id,
  experimentName: EXPERIMENT.name,
  variationID: VARIATION.id,
  variationName: VARIATION.name,
  nonInteraction: 1,
  ...HAS_CODE
}
const HELD_BACK = 'Its integrations keep it from here: "Kameleoon (Actions)" is false'
const SKIPPED = '"Experiment Viewed" comes from Kameleoon itself and is not sent back.'

let pageFolder: string
let workbench: RunningWorkbench
let sdk: ServerSdk
let page: Page

beforeAll(async () => {
  pageFolder = await builtPage()
}, BUILD_TIME)

beforeEach(async () => {
  workbench = await runningWorkbench({ pageFolder })
  sdk = await serverSdk(workbench.context.emulator, VIP_CHECKOUT)
  page = await test.newPage()
})

afterEach(async () => {
  await endWorkbenches()
  sdk?.end()
})

it('leads from a page over Segment and Kameleoon to an experiment, and from there back to Segment', async () => {
  await mapTrackCalls({ linkedVisitors: true })
  const stranger = await decide({})
  expect(stranger).toMatchObject({ key: 'off', experimentId: null })
  await buy(stranger)
  await expectPageSeen()
  await expectUserStored()
  await expectPurchaseCounted()

  await enterAudience()
  const vip = await decide({ vip: true })
  expect(vip).toMatchObject({ key: 'short', experimentId: EXPERIMENT.id, id: VARIATION.id })
  await expectVisitorInExperiment()

  const before = knownToKameleoon()
  await visitCheckout(vip)
  await expectExposureHeldBack()
  await expectExposureOfKameleoonSkipped()
  expect(knownToKameleoon()).toEqual(before)
  expect(workbench.context.emulator.thrownAway).toEqual([])
  await expectAllShown()
})

/** A mapping is changed as its user would. Engage knows no visitor codes, so links have to lead to the visitor. */
async function mapTrackCalls(fields: object): Promise<void> {
  const subscriptions = await workbench.get<Subscription[]>('/api/subscriptions')
  const { id, ...calls } = subscriptions.find(({ name }) => name === 'Track Calls') as Subscription
  const changed = { ...calls, mapping: { ...calls.mapping, ...fields } }
  expect((await workbench.send('PUT', `/api/subscriptions/${id}`, changed)).status).toBe(200)
}

/** The shop's server: Kameleoon's SDK reads the visitor's audiences back, and targets on them. */
async function decide(audiences: object): Promise<Variation> {
  expect(await sdk.client.getRemoteData(`COHORTS_${VISITOR}`)).toEqual(audiences)
  if (Object.keys(audiences).length > 0) await addStoredData()(sdk.client, VISITOR)
  return sdk.client.getVariation({ visitorCode: VISITOR, featureKey: FEATURE })
}

/** A page of the shop: the engine shows what was decided, and the plugin comes as the script for tag managers. */
function shopPage(name: string, { experimentId, id, name: variation = '' }: Variation): string {
  const isShown = experimentId !== null && id !== null
  const experiments = isShown ? [{ id: experimentId, name: EXPERIMENT.name, variation: { id, name: variation } }] : []
  const source = { writeKey: workbench.context.writeKey, cdnURL: workbench.address }
  const engine = script(engineStandIn({ visitorCode: VISITOR, consent: true, experiments }))
  return test.shop.page(name, engine, analyticsWithPlugin({ exposures: 'both' }, source))
}

async function buy(decision: Variation): Promise<void> {
  await page.goto(shopPage('home', decision))
  expect(await page.evaluate('Object.keys(window.kameleoonSegment)')).toContain('kameleoonPlugin')
  await page.evaluate(`(async () => {
    await analytics.page()
    await analytics.identify('user1', { plan: 'gold' })
    await analytics.track('Order Completed', { revenue: 42 })
  })()`)
  await settled(3)
}

/** So many events have arrived, and are delivered or not. */
async function settled(count: number): Promise<void> {
  await until(async () => (await workbench.events()).length === count, `${count} events`)
  await workbench.context.delivery.idle()
}

async function expectPageSeen(): Promise<void> {
  const seen = await newest(workbench, 'page')
  const href = `${test.shop.origin}/home`
  expect(seen.event).toMatchObject({ properties: { ...HAS_CODE, url: href }, context: { library: LIBRARY } })
  expect(taken(seen)).toMatchObject({ status: 'delivered', payload: { ...HAS_CODE, type: 'page' } })
  const told = { eventType: 'PAGE', href, title: 'home', ...(await ofVisitor()) }
  expect(writes(seen)).toEqual([{ path: '/visit/events', body: [told], isKept: true }])
}

/** What each visit event of this browser carries. */
async function ofVisitor(): Promise<object> {
  const userAgent = await page.evaluate<string>('navigator.userAgent')
  return { visitorCode: VISITOR, userAgent, nonce: expect.stringMatching(/^[0-9A-F]{16}$/) as string }
}

async function expectUserStored(): Promise<void> {
  const known = await newest(workbench, 'identify')
  expect(known.event).toMatchObject({ userId: 'user1', context: { library: LIBRARY } })
  expect(known.event.traits).toEqual({ ...HAS_CODE, plan: 'gold' })
  expect(taken(known)).toMatchObject({ status: 'delivered', payload: { ...HAS_CODE, userId: 'user1' } })
  const stored = {
    [`IDENTIFY_${VISITOR}`]: { plan: 'gold' },
    IDENTIFY_user1: { plan: 'gold' },
    LINK_user1: HAS_CODE,
    [`LINK_${String(known.event.anonymousId)}`]: HAS_CODE
  }
  expect(writes(known)).toEqual([{ path: '/map/maps', body: stored, isKept: true }])
}

async function expectPurchaseCounted(): Promise<void> {
  const bought = await newest(workbench, 'track', 'Order Completed')
  expect(bought.event).toMatchObject({ userId: 'user1', context: { library: LIBRARY } })
  expect(bought.event.properties).toEqual({ ...HAS_CODE, revenue: 42 })
  expect(taken(bought)).toMatchObject({ status: 'delivered', payload: { ...HAS_CODE, revenue: 42 } })
  const goal = workbench.context.emulator.goals.find(({ name }) => name === 'Order Completed')
  const told = { eventType: 'CONVERSION', goalId: goal?.id, revenue: 42, negative: false, ...(await ofVisitor()) }
  expect(writes(bought)).toEqual([{ path: '/visit/events', body: [told], isKept: true }])
}

/** Engage has computed that the user is in the audience, and tells so from Segment's side. */
async function enterAudience(): Promise<void> {
  await workbench.track('/v1/track', {
    event: 'Audience Entered',
    userId: 'user1',
    properties: { audience_key: 'vip', vip: true },
    context: { personas: { computation_class: 'audience', computation_key: 'vip' } }
  })
  await settled(4)
  const entered = await newest(workbench, 'track', 'Audience Entered')
  expect(taken(entered)).toMatchObject({ status: 'delivered', payload: { userId: 'user1', linkedVisitors: true } })
  const stored = { [`COHORTS_${VISITOR}`]: { vip: true }, COHORTS_user1: { vip: true } }
  expect(writes(entered)).toEqual([{ path: '/map/maps', body: stored, isKept: true }])
}

/** The SDK tells Kameleoon what it targeted on, and which variation came of it. */
async function expectVisitorInExperiment(): Promise<void> {
  await sdk.flush(VISITOR, () => eventsOf('EXPERIMENT').length > 0)
  expect(eventsOf('EXPERIMENT')).toMatchObject([{ id: EXPERIMENT.id, variationId: VARIATION.id }])
  expect(workbench.context.emulator.visitor(VISITOR)?.customData).toMatchObject({
    1: { name: 'Plan', valuesCountMap: { gold: 1 } },
    2: { name: 'Audiences', valuesCountMap: { vip: 1 } }
  })
}

function eventsOf(type: string): object[] {
  return (workbench.context.emulator.visitor(VISITOR)?.events ?? []).filter(({ eventType }) => eventType === type)
}

async function visitCheckout(decision: Variation): Promise<void> {
  await page.goto(shopPage('checkout', decision))
  expect(await page.evaluate('Kameleoon.API.Experiments.getActivatedInVisit()')).toMatchObject([
    { ...EXPERIMENT, associatedVariation: VARIATION }
  ])
  await page.waitForFunction('posts.bodies.length === 2 && posts.pending === 0')
  await settled(6)
}

/** The plugin has told Segment to keep its exposures from Kameleoon. */
async function expectExposureHeldBack(): Promise<void> {
  const viewed = await newest(workbench, 'track', 'Experiment Viewed')
  const known = await newest(workbench, 'identify')
  expect(viewed.event.properties).toEqual(EXPOSURE)
  expect(known.event.traits).toEqual({ ...HAS_CODE, plan: 'gold', Experiment: 'VIP checkout:Short' })
  for (const { summary, deliveries } of [viewed, known]) {
    expect(summary).toMatchObject({ status: 'left-out', reason: HELD_BACK, attempts: 0, visitorCode: VISITOR })
    expect(deliveries.filter(({ matched }) => matched)).toEqual([])
  }
}

/** Kameleoon's own reporting tool does not tell Segment so: the destination leaves the event out by itself. */
async function expectExposureOfKameleoonSkipped(): Promise<void> {
  await workbench.track('/v1/track', { event: 'Experiment Viewed', userId: 'user1', properties: EXPOSURE })
  await settled(7)
  const { attempts } = taken(await newest(workbench, 'track', 'Experiment Viewed'))
  expect(attempts).toMatchObject([{ outcome: 'left-out', reason: SKIPPED, exchanges: [] }])
}

/** Everything that an exposure might change, and what the destination has asked and told. */
function knownToKameleoon(): unknown {
  const { emulator } = workbench.context
  const { goals, requests } = emulator
  const ofDestination = requests.filter(({ headers }) => String(headers['user-agent']).includes('Segment'))
  return structuredClone({ goals, maps: emulator.maps(), conversions: eventsOf('CONVERSION'), ofDestination })
}

async function expectAllShown(): Promise<void> {
  const counts = { received: 7, delivered: 4, leftOut: 3, refused: 0, thrownAway: 0 }
  expect((await workbench.state()).counts).toMatchObject(counts)
  const view = await test.newPage()
  await view.setViewportSize({ width: 1280, height: 470 })
  await view.goto(`${workbench.address}/#/events`)
  await view.getByText('7 of 7 shown').waitFor()
  const rows = view.getByRole('table', { name: 'Events, newest first' }).locator('tbody tr')
  // Number and time stand first. The plugin's two exposures may arrive in any order.
  const texts = (await rows.allInnerTexts()).map((text) =>
    text
      .trim()
      .split(/\s*\t\s*/)
      .slice(2)
      .join(', ')
  )
  expect(texts.sort()).toEqual(SHOWN)
  const { width, bytes } = await screenshot(view, 'closed-loop.png', newFolder())
  expect(width).toBe(1280)
  expect(bytes).toBeLessThan(200_000)
}

const SHOWN = [
  'identify, identify call, shopvisitor00001, Delivered',
  `identify, identify call, shopvisitor00001, Left out, ${HELD_BACK}`,
  'page, page call, shopvisitor00001, Delivered',
  'track, Audience Entered, user1, Delivered',
  `track, Experiment Viewed, shopvisitor00001, Left out, ${SKIPPED}`,
  `track, Experiment Viewed, shopvisitor00001, Left out, ${HELD_BACK}`,
  'track, Order Completed, shopvisitor00001, Delivered'
]
