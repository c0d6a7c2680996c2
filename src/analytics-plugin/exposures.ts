import type { Analytics } from './analytics'
import { engineApi, whenEngineStarts, type Campaign } from './engine'
import { campaignOf, exposureOf, viewedEvent, viewedTraits, type CampaignKind, type Exposure } from './exposure'
import type { ExposureCalls } from './options'
import { quietly } from './quietly'
import { visitorCode } from './visitor-code'

const KINDS: CampaignKind[] = ['experiment', 'personalization']

/**
 * Events of the engine after which its lists may have changed: consent was given, or a campaign was triggered, for display or
 * for tracking only. The variation is chosen after the event, and whether there is one at all.
 */
const SIGNALS = ['Started', 'LegalConsentUpdated', 'ExperimentTriggered', 'PersonalizationTriggered']

// Names of Kameleoon's destinations in Segment. Kameleoon has these exposures already; sent back they would become goals and traits.
const NOT_TO_KAMELEOON = { integrations: { 'Kameleoon (Actions)': false, Kameleoon: false } }

/** Sends every shown campaign to Segment, once per visit and variation. Sends nothing while there is no visitor code. */
export function sendExposures(analytics: Analytics, calls: ExposureCalls): void {
  const isNew = onceInTab(`kameleoonExposures:${analytics.settings?.writeKey ?? ''}`)
  watchShownCampaigns((exposure) => {
    if (visitorCode() === undefined || !isNew(keyOf(exposure))) return
    if (calls !== 'identify') void analytics.track(...viewedEvent(exposure), NOT_TO_KAMELEOON)
    if (calls !== 'track') void analytics.identify(viewedTraits(exposure), NOT_TO_KAMELEOON)
  })
}

function keyOf({ kind, campaign, variation }: Exposure): string {
  const visit = quietly(() => engineApi()?.CurrentVisit?.index) ?? 0
  return [visit, kind, campaign.id, variation.id].join(':')
}

/**
 * Calls `use` for every campaign shown in this visit, now and later, and possibly several times for one campaign.
 * Campaigns come from the engine's events and from its lists, since of two engines on a page only one has lists to read.
 * https://developers.kameleoon.com/apis/activation-api-js/activation-api-events
 */
function watchShownCampaigns(use: (exposure: Exposure) => void): void {
  const useCampaign = (kind: CampaignKind, campaign: Campaign | undefined): void => {
    const exposure = campaign && quietly(() => exposureOf(kind, campaign))
    if (exposure) use(exposure)
  }
  const useAll = (): void => KINDS.forEach((kind) => shown(kind).forEach((campaign) => useCampaign(kind, campaign)))
  KINDS.forEach((kind) => {
    window.addEventListener(
      `Kameleoon::${kind === 'experiment' ? 'Experiment' : 'Personalization'}Activated`,
      (event) => {
        useCampaign(kind, campaignIn(event, kind))
        useAll()
      }
    )
  })
  SIGNALS.forEach((name) => window.addEventListener(`Kameleoon::${name}`, () => setTimeout(useAll)))
  whenEngineStarts(useAll)
}

/** What was displayed in this visit, and what the engine has counted in it: a trigger that only tracks displays nothing. */
function shown(kind: CampaignKind): Array<Campaign | undefined> {
  const api = engineApi()
  const list = kind === 'experiment' ? api?.Experiments : api?.Personalizations
  return [...(quietly(() => list?.getActivatedInVisit()) ?? []), ...(quietly(() => counted(kind)) ?? [])]
}

function counted(kind: CampaignKind): Array<Campaign | undefined> | undefined {
  const visit = engineApi()?.CurrentVisit
  const activations = kind === 'experiment' ? visit?.activatedExperiments : visit?.activatedPersonalizations
  return activations?.map((activation) => campaignOf(kind, activation))
}

function campaignIn(event: Event, kind: CampaignKind): Campaign | undefined {
  // The engine's events are custom events; a page may send others of the same name, so every part may be missing.
  const { detail } = event as CustomEvent<Partial<Record<CampaignKind, Campaign>> | null>
  return detail?.[kind]
}

/**
 * A check that is true for each text the first time only. Texts are kept for this browser tab in session storage, or for
 * this page only if there is no session storage.
 * @param name name of the entry in session storage
 */
function onceInTab(name: string): (text: string) => boolean {
  const seen = new Set(quietly(() => stored(name)))
  return (text) => {
    if (seen.has(text)) return false
    seen.add(text)
    quietly(() => sessionStorage.setItem(name, JSON.stringify([...seen])))
    return true
  }
}

function stored(name: string): unknown[] {
  const value: unknown = JSON.parse(sessionStorage.getItem(name) ?? '[]')
  return Array.isArray(value) ? value : []
}
