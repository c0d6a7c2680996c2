import { engineApi, whenEngineStarts, type Campaign } from '../engine'
import { quietly } from '../quietly'
import { exposureOf, type CampaignKind, type Exposure } from './exposure'

const KINDS: CampaignKind[] = ['experiment', 'personalization']

/**
 * Calls `tell` for every campaign shown in this visit, now and later; for one that was told before possibly again.
 * Campaigns come from the engine's events and from its lists: of two engines on a page only one can be asked.
 * https://developers.kameleoon.com/apis/activation-api-js/activation-api-events
 */
export function watchShownCampaigns(tell: (exposure: Exposure) => void): void {
  const tellOf = (kind: CampaignKind, campaign: Campaign | undefined): void => {
    const exposure = campaign && quietly(() => exposureOf(kind, campaign))
    if (exposure) tell(exposure)
  }
  const tellAll = (): void => KINDS.forEach((kind) => shown(kind).forEach((campaign) => tellOf(kind, campaign)))
  KINDS.forEach((kind) => {
    window.addEventListener(
      `Kameleoon::${kind === 'experiment' ? 'Experiment' : 'Personalization'}Activated`,
      (event) => {
        tellOf(kind, campaignIn(event, kind))
        tellAll()
      }
    )
  })
  whenEngineStarts(tellAll)
}

function shown(kind: CampaignKind): Campaign[] {
  const api = engineApi()
  const list = kind === 'experiment' ? api?.Experiments : api?.Personalizations
  return quietly(() => list?.getActivatedInVisit()) ?? []
}

function campaignIn(event: Event, kind: CampaignKind): Campaign | undefined {
  const { detail } = event as CustomEvent<Partial<Record<CampaignKind, Campaign>> | null>
  return detail?.[kind]
}
