import type { Analytics } from '../analytics'
import { engineApi } from '../engine'
import type { ExposureCalls } from '../options'
import { quietly } from '../quietly'
import { visitorCode } from '../visitor-code/visitor-code'
import { viewedEvent, viewedTraits, type Exposure } from './exposure'
import { watchShownCampaigns } from './shown-campaigns'
import { toldBefore } from './told-before'

// Names of Kameleoon's destinations in Segment. Kameleoon knows its own exposures; sent back they would become goals and traits.
const NOT_TO_KAMELEOON = { integrations: { 'Kameleoon (Actions)': false, Kameleoon: false } }

/** Sends every campaign shown to Segment, once per visit and variation. Nothing while Kameleoon has no visitor code. */
export function sendExposures(analytics: Analytics, calls: ExposureCalls): void {
  const told = toldBefore(`kameleoonExposures:${analytics.settings?.writeKey ?? ''}`)
  watchShownCampaigns((exposure) => {
    if (visitorCode() === undefined || !told.isNew(keyOf(exposure))) return
    if (calls !== 'identify') void analytics.track(...viewedEvent(exposure), NOT_TO_KAMELEOON)
    if (calls !== 'track') void analytics.identify(viewedTraits(exposure), NOT_TO_KAMELEOON)
  })
}

function keyOf({ kind, campaign, variation }: Exposure): string {
  const visit = quietly(() => engineApi()?.CurrentVisit?.index) ?? 0
  return [visit, kind, campaign.id, variation.id].join(':')
}
