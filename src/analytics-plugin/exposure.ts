import type { Activation, Campaign } from './engine'

export type CampaignKind = 'experiment' | 'personalization'

/** One campaign as it was shown to the visitor. */
export interface Exposure {
  kind: CampaignKind
  campaign: { id: number; name: string }
  variation: { id: number; name: string }
}

// Kameleoon's id and name of the original. The engine does not list the original among an experiment's variations.
const ORIGINAL = { id: 0, name: 'Reference' }

/** What a campaign has shown. Nothing for a personalization without variation: that visitor saw the page unchanged. */
export function exposureOf(kind: CampaignKind, campaign: Campaign): Exposure | undefined {
  const variation = campaign.associatedVariation ?? ORIGINAL
  return kind === 'experiment' || variation.id !== ORIGINAL.id ? { kind, campaign, variation } : undefined
}

/** The campaign that an activation stands for. Nothing if the page does not know the campaign or its variation. */
export function campaignOf(
  kind: CampaignKind,
  { associatedVariation, associatedVariationID, ...activated }: Activation
): Campaign | undefined {
  const campaign = activated[kind]
  const isKnown = associatedVariation || String(associatedVariationID) === String(ORIGINAL.id)
  return campaign && isKnown ? { id: campaign.id, name: campaign.name, associatedVariation } : undefined
}

/** Name and properties of the track call, the same as in Kameleoon's own Segment integration. */
export function viewedEvent({ kind, campaign, variation }: Exposure): [string, Record<string, unknown>] {
  const ofVariation = { variationID: variation.id, variationName: variation.name, nonInteraction: 1 }
  return kind === 'experiment'
    ? ['Experiment Viewed', { experimentID: campaign.id, experimentName: campaign.name, ...ofVariation }]
    : ['Personalization Viewed', { personalizationID: campaign.id, personalizationName: campaign.name, ...ofVariation }]
}

/** Traits of the identify call, the same as in Kameleoon's own Segment integration. */
export function viewedTraits({ kind, campaign, variation }: Exposure): Record<string, string> {
  return { [kind === 'experiment' ? 'Experiment' : 'Personalization']: `${campaign.name}:${variation.name}` }
}
