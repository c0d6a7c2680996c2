import { BUILD_TIME, builtPage } from '../../workbench/__tests__/page-build'
import { newFolder } from '../../workbench/__tests__/running-workbench'
import type { EventDetail } from '../../workbench/contract'
import { inBrowser, screenshot } from './browser'
import { Loop, matchedDelivery, newest, VISITOR, writes } from './loop'
import { EXPERIMENT, VARIATION } from './vip-checkout'

jest.setTimeout(120_000)

const test = inBrowser()
const HAS_CODE = { kameleoonVisitorCode: VISITOR }
const EXPOSURE = {
  experimentID: EXPERIMENT.id,
  experimentName: EXPERIMENT.name,
  variationID: VARIATION.id,
  variationName: VARIATION.name,
  nonInteraction: 1,
  ...HAS_CODE
}
const BY_INTEGRATIONS = `The event's integrations object turns this destination off: "Kameleoon (Actions)" is false`
const BY_DESTINATION = '"Experiment Viewed" comes from Kameleoon itself and is not sent back.'

let pageFolder: string
let loop: Loop

beforeAll(async () => {
  pageFolder = await builtPage()
}, BUILD_TIME)

beforeEach(async () => {
  loop = await Loop.start(test, pageFolder)
})

afterEach(() => loop?.end())

it('leads from a page over Segment and Kameleoon to an experiment, and from there back to Segment', async () => {
  expect(await loop.audiences()).toEqual({})
  const stranger = loop.decide()
  expect(stranger).toMatchObject({ key: 'off', experimentId: null })
  await loop.buy(stranger)
  expect(await loop.page.evaluate('Object.keys(window.kameleoonSegment)')).toContain('kameleoonPlugin')
  await expectPageSeen()
  await expectUserStored()
  await expectPurchaseCounted()

  await loop.enterAudience()
  await expectAudienceStored()
  expect(await loop.audiences()).toEqual({ vip: true })
  await loop.addStoredData()
  const vip = loop.decide()
  expect(vip).toMatchObject({ key: 'short', experimentId: EXPERIMENT.id, id: VARIATION.id })
  await loop.reportVariation()
  expectVisitorInExperiment()

  const before = loop.knownToKameleoon()
  await loop.visitCheckout(vip)
  await expectExperimentTracked()
  await expectExposureFilteredByIntegrations()
  await expectKameleoonsExposureFiltered()
  expect(loop.knownToKameleoon()).toEqual(before)
  expect(loop.emulator.discarded).toEqual([])
  await expectAllOnThePage()
})

async function expectPageSeen(): Promise<void> {
  const seen = await newest(loop.workbench, 'page')
  const href = `${test.shop.origin}/home`
  expectOfPage(seen)
  expect(seen.event.properties).toMatchObject({ ...HAS_CODE, url: href })
  expect(matchedDelivery(seen)).toMatchObject({ status: 'delivered', payload: { ...HAS_CODE, type: 'page' } })
  const sent = { eventType: 'PAGE', href, title: 'home', ...(await ofVisitor()) }
  expect(writes(seen)).toEqual([{ path: '/visit/events', body: [sent], isKept: true }])
}

async function expectUserStored(): Promise<void> {
  const known = await newest(loop.workbench, 'identify')
  expectOfPage(known)
  expect(known.event.traits).toEqual({ ...HAS_CODE, plan: 'gold' })
  expect(matchedDelivery(known)).toMatchObject({ status: 'delivered', payload: { ...HAS_CODE, userId: 'user1' } })
  const stored = {
    [`IDENTIFY_${VISITOR}`]: { plan: 'gold' },
    IDENTIFY_user1: { plan: 'gold' },
    LINK_user1: HAS_CODE,
    [`LINK_${String(known.event.anonymousId)}`]: HAS_CODE
  }
  expect(writes(known)).toEqual([{ path: '/map/maps', body: stored, isKept: true }])
}

async function expectPurchaseCounted(): Promise<void> {
  const bought = await newest(loop.workbench, 'track', 'Order Completed')
  expectOfPage(bought)
  expect(bought.event.properties).toEqual({ ...HAS_CODE, revenue: 42 })
  expect(matchedDelivery(bought)).toMatchObject({ status: 'delivered', payload: { ...HAS_CODE, revenue: '42' } })
  const goalId = loop.emulator.goals.find(({ name }) => name === 'Order Completed')?.id
  const sent = { eventType: 'CONVERSION', goalId, revenue: 42, negative: false, ...(await ofVisitor()) }
  expect(writes(bought)).toEqual([{ path: '/visit/events', body: [sent], isKept: true }])
}

function expectOfPage({ event, summary }: EventDetail): void {
  const library = { name: 'analytics.js', version: expect.stringMatching(/^next-/) as string }
  expect(summary).toMatchObject({ origin: 'tracking-api', visitorCode: VISITOR })
  expect(event).toMatchObject({ context: { library, page: { url: `${test.shop.origin}/home` } } })
}

/** The members of each visit event of this browser. */
async function ofVisitor(): Promise<object> {
  const userAgent = await loop.page.evaluate<string>('navigator.userAgent')
  return { visitorCode: VISITOR, userAgent, nonce: expect.stringMatching(/^[0-9A-F]{16}$/) as string }
}

/** Also under the visitor code. The event has none: it was found by the stored link. */
async function expectAudienceStored(): Promise<void> {
  const entered = await newest(loop.workbench, 'track', 'Audience Entered')
  expect(matchedDelivery(entered)).toMatchObject({
    status: 'delivered',
    payload: { userId: 'user1', visitorFallback: 'linked visitor, else user id' }
  })
  const stored = { [`COHORTS_${VISITOR}`]: { vip: true }, COHORTS_user1: { vip: true } }
  expect(writes(entered)).toEqual([{ path: '/map/maps', body: stored, isKept: true }])
}

function expectVisitorInExperiment(): void {
  expect(loop.kept('EXPERIMENT')).toMatchObject([{ id: EXPERIMENT.id, variationId: VARIATION.id }])
  expect(loop.emulator.visitor(VISITOR)?.customData).toMatchObject({
    1: { name: 'Plan', valuesCountMap: { gold: 1 } },
    2: { name: 'Audiences', valuesCountMap: { vip: 1 } }
  })
}

/** By a trigger that only tracks, before consent: nothing was displayed. */
async function expectExperimentTracked(): Promise<void> {
  expect(await loop.page.evaluate('Kameleoon.API.Experiments.getActivatedInVisit()')).toEqual([])
  const tracked = await loop.page.evaluate('Kameleoon.API.CurrentVisit.activatedExperiments')
  expect(tracked).toMatchObject([{ experiment: EXPERIMENT, associatedVariation: VARIATION }])
}

/** The integrations of the plugin's calls exclude Kameleoon. */
async function expectExposureFilteredByIntegrations(): Promise<void> {
  const viewed = await newest(loop.workbench, 'track', 'Experiment Viewed')
  const known = await newest(loop.workbench, 'identify')
  expect(viewed.event.properties).toEqual(EXPOSURE)
  expect(known.event.traits).toEqual({ ...HAS_CODE, plan: 'gold', Experiment: 'VIP checkout:Short' })
  for (const { summary, deliveries } of [viewed, known]) {
    expect(summary).toMatchObject({ status: 'filtered', reason: BY_INTEGRATIONS, attempts: 0, visitorCode: VISITOR })
    expect(deliveries.filter(({ matched }) => matched)).toEqual([])
  }
}

/** The events of Kameleoon's own reporting do not exclude it: the destination filters them. */
async function expectKameleoonsExposureFiltered(): Promise<void> {
  await loop.workbench.track('/v1/track', { event: 'Experiment Viewed', userId: 'user1', properties: EXPOSURE })
  await loop.settled(7)
  const { attempts } = matchedDelivery(await newest(loop.workbench, 'track', 'Experiment Viewed'))
  expect(attempts).toMatchObject([{ outcome: 'filtered', reason: BY_DESTINATION, exchanges: [] }])
}

async function expectAllOnThePage(): Promise<void> {
  const { counts } = await loop.workbench.state()
  expect(counts).toMatchObject({ received: 7, delivered: 4, filtered: 3, rejected: 0, discarded: 0 })
  const view = await test.ownPage()
  await view.setViewportSize({ width: 1280, height: 470 })
  await view.goto(`${loop.workbench.address}/#/events`)
  await view.getByText('7 of 7 shown').waitFor()
  // Without number and time. The plugin's two calls may arrive in any order.
  const texts: string[] = await view.evaluate(
    '[...document.querySelectorAll("tbody tr")].map((row) => [...row.cells].slice(2).map((cell) => cell.textContent.trim()).join(", "))'
  )
  expect(texts.sort()).toEqual(SHOWN)
  const { width, bytes } = await screenshot(view, 'closed-loop.png', newFolder())
  expect(width).toBe(1280)
  expect(bytes).toBeLessThan(200_000)
}

const SHOWN = [
  'identify, identify call, shopvisitor00001, Delivered, Stored data of shopvisitor00001 +3 more',
  `identify, identify call, shopvisitor00001, Filtered, ${BY_INTEGRATIONS}`,
  'page, page call, shopvisitor00001, Delivered, Page view: home',
  'track, Audience Entered, shopvisitor00001, Delivered, Audiences of shopvisitor00001 +1 more',
  `track, Experiment Viewed, shopvisitor00001, Filtered, ${BY_DESTINATION}`,
  `track, Experiment Viewed, shopvisitor00001, Filtered, ${BY_INTEGRATIONS}`,
  'track, Order Completed, shopvisitor00001, Delivered, Conversion of Order Completed, 42'
]
