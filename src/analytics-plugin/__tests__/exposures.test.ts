import type { Page } from 'playwright-core'
import kameleoon from '../../destinations/kameleoon'
import { inBrowser, posted } from './browser'
import { RunningDestination } from './destination'
import { engineStandIn, type StandInOptions } from './engine-stand-in'
import { analyticsWithPlugin, script, type TrackingCall } from './shop'

const test = inBrowser()
const CHECKOUT = { id: 11, name: 'Checkout', variation: { id: 12, name: 'Short' } }
const BANNER = { id: 21, name: 'Banner', variation: { id: 22, name: 'Summer' } }
const SHOWN = { experiments: [CHECKOUT], personalizations: [BANNER] }

const engine = (options: Partial<StandInOptions> = {}): string =>
  script(engineStandIn({ visitorCode: 'code1', consent: true, ...options }))

async function open(page: Page, exposures: string, options: Partial<StandInOptions> = SHOWN): Promise<void> {
  await page.goto(test.shop.page('home', engine(options), analyticsWithPlugin({ exposures })))
}

/** Everything sent, once a last call has followed it through the queue of analytics.js. */
async function sentBy(page: Page): Promise<TrackingCall[]> {
  await page.evaluate("analytics.track('last').then(() => undefined)")
  await posted(page)
  return test.shop.calls.filter(({ event }) => event !== 'last')
}

function summary(calls: TrackingCall[]): unknown[] {
  return calls.map(({ event, properties, traits }) => (event ? [event, properties] : traits))
}

const EXPERIMENT_VIEWED = [
  'Experiment Viewed',
  {
    experimentID: 11,
    experimentName: 'Checkout',
    variationID: 12,
    variationName: 'Short',
    nonInteraction: 1,
    kameleoonVisitorCode: 'code1'
  }
]
const PERSONALIZATION_VIEWED = [
  'Personalization Viewed',
  {
    personalizationID: 21,
    personalizationName: 'Banner',
    variationID: 22,
    variationName: 'Summer',
    nonInteraction: 1,
    kameleoonVisitorCode: 'code1'
  }
]
const EXPERIMENT_TRAITS = { Experiment: 'Checkout:Short', kameleoonVisitorCode: 'code1' }
const BOTH_TRAITS = { ...EXPERIMENT_TRAITS, Personalization: 'Banner:Summer' }

describe('exposures', () => {
  it.each([
    ['track', [EXPERIMENT_VIEWED, PERSONALIZATION_VIEWED]],
    ['identify', [EXPERIMENT_TRAITS, BOTH_TRAITS]],
    ['both', [EXPERIMENT_VIEWED, EXPERIMENT_TRAITS, PERSONALIZATION_VIEWED, BOTH_TRAITS]],
    ['off', []]
  ])('are sent as chosen: %s', async (exposures, expected) => {
    const page = await test.page()
    await open(page, exposures)
    const sent = summary(await sentBy(page))
    expect(sent).toHaveLength(expected.length)
    expect(sent).toEqual(expect.arrayContaining(expected))
  })

  it('are off unless asked for', async () => {
    const page = await test.page()
    await page.goto(test.shop.page('home', engine(SHOWN), analyticsWithPlugin()))
    expect(await sentBy(page)).toEqual([])
  })

  it('are sent once per visit and variation, on all pages of a visit', async () => {
    const page = await test.page()
    await open(page, 'track')
    await page.evaluate('Kameleoon.API.Experiments.trigger(11)')
    await sentBy(page)
    await open(page, 'track')
    await page.evaluate('Kameleoon.API.Experiments.trigger(11)')
    expect(await sentBy(page)).toHaveLength(2)
    await open(page, 'track', { experiments: [{ ...CHECKOUT, variation: { id: 13, name: 'Long' } }] })
    expect((await sentBy(page)).at(-1)?.properties).toMatchObject({ variationID: 13, variationName: 'Long' })
    await open(page, 'track', { experiments: [CHECKOUT], visit: 2 })
    expect(await sentBy(page)).toHaveLength(4)
  })

  it('are sent when a campaign is shown later', async () => {
    const page = await test.page()
    await open(page, 'track', { experiments: [{ ...CHECKOUT, waits: true }] })
    expect(await sentBy(page)).toEqual([])
    await page.evaluate('Kameleoon.API.Experiments.trigger(11)')
    expect(summary(await sentBy(page))).toEqual([EXPERIMENT_VIEWED])
  })

  it('name the original of an experiment, and are not sent for a personalization that was not shown', async () => {
    const page = await test.page()
    const original = { variation: undefined }
    const options = { experiments: [{ ...CHECKOUT, ...original }], personalizations: [{ ...BANNER, ...original }] }
    await open(page, 'track', options)
    const [viewed, ...others] = await sentBy(page)
    expect(viewed.properties).toMatchObject({ experimentID: 11, variationID: 0, variationName: 'Reference' })
    expect(others).toEqual([])
  })

  it('come from both of two engines, and none twice', async () => {
    const page = await test.page()
    await open(page, 'track', { experiments: [CHECKOUT] })
    await sentBy(page)
    await page.evaluate('window.first = Kameleoon')
    const second = {
      visitorCode: 'code1',
      consent: true,
      experiments: [CHECKOUT, { ...CHECKOUT, id: 14, waits: true }]
    }
    await page.evaluate(engineStandIn(second))
    await page.evaluate('Kameleoon.API.Experiments.trigger(11); Kameleoon.API.Experiments.trigger(14)')
    await page.evaluate('first.API.Experiments.trigger(11)')
    expect((await sentBy(page)).map(({ properties }) => properties?.experimentID)).toEqual([11, 14])
  })

  it('wait for consent, and are sent as soon as it is given, for what was shown before', async () => {
    const page = await test.page()
    await open(page, 'both', { consent: null, ...SHOWN })
    expect(await sentBy(page)).toEqual([])
    await page.evaluate('Kameleoon.API.Core.enableLegalConsent()')
    const sent = summary(await sentBy(page))
    expect(sent).toHaveLength(4)
    expect(sent).toEqual(expect.arrayContaining([EXPERIMENT_VIEWED, PERSONALIZATION_VIEWED, EXPERIMENT_TRAITS]))
    await page.evaluate('Kameleoon.API.Core.enableLegalConsent()')
    expect(await sentBy(page)).toHaveLength(4)
  })

  it('are not sent when consent is refused, nor for what is triggered after that', async () => {
    const page = await test.page()
    await open(page, 'both', { consent: null, experiments: [CHECKOUT, { ...CHECKOUT, id: 14, waits: true }] })
    await page.evaluate('Kameleoon.API.Core.disableLegalConsent(); Kameleoon.API.Experiments.trigger(14)')
    expect(await sentBy(page)).toEqual([])
  })

  it('are sent for a trigger that only tracks, once a visit, and name its variation', async () => {
    const page = await test.page()
    const waiting = [
      { ...CHECKOUT, waits: true },
      { id: 15, name: 'Menu', waits: true }
    ]
    await open(page, 'track', { experiments: waiting })
    await page.evaluate('Kameleoon.API.Experiments.trigger(11, true); Kameleoon.API.Experiments.trigger(15, true)')
    const sent = await sentBy(page)
    expect(summary(sent.slice(0, 1))).toEqual([EXPERIMENT_VIEWED])
    expect(sent[1].properties).toMatchObject({ experimentID: 15, variationID: 0, variationName: 'Reference' })
    await page.evaluate('Kameleoon.API.Experiments.trigger(11, true); Kameleoon.API.Experiments.trigger(11)')
    expect(await sentBy(page)).toHaveLength(2)
  })

  it('are sent for a trigger that only tracks before consent, once consent is given', async () => {
    const page = await test.page()
    await open(page, 'track', { consent: null, experiments: [{ ...CHECKOUT, waits: true }] })
    await page.evaluate('Kameleoon.API.Experiments.trigger(11, true)')
    expect(await sentBy(page)).toEqual([])
    await page.evaluate('Kameleoon.API.Core.enableLegalConsent()')
    expect(summary(await sentBy(page))).toEqual([EXPERIMENT_VIEWED])
  })

  it('are sent for a trigger that only tracks and stands in the command queue, after the plugin', async () => {
    const page = await test.page()
    const queued = script('window.kameleoonQueue = [() => Kameleoon.API.Experiments.trigger(11, true)]')
    const late = engine({ experiments: [{ ...CHECKOUT, waits: true }], startsAfter: 100 })
    await page.goto(test.shop.page('home', queued, late, analyticsWithPlugin({ exposures: 'track' })))
    await test.shop.arrived(1)
    expect(summary(await sentBy(page))).toEqual([EXPERIMENT_VIEWED])
  })

  it('do not go back to Kameleoon: their integrations exclude it, and the destination filters them', async () => {
    const page = await test.page()
    await open(page, 'both')
    const sent = await sentBy(page)
    expect(sent).toHaveLength(4)
    for (const { integrations } of sent) {
      expect(integrations).toMatchObject({ [kameleoon.name]: false, Kameleoon: false })
    }
    const destination = await RunningDestination.start()
    for (const viewed of sent.filter(({ type }) => type === 'track')) {
      expect(await destination.deliver(viewed)).toMatchObject({
        status: 200,
        body: { filtered: expect.any(String) as string }
      })
    }
    expect(destination.emulator.requests).toEqual([])
    await destination.close()
  })
})
