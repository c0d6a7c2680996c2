import type { Campaign } from './engine'

export type CampaignKind = 'experiment' | 'personalization'

/** One campaign as it was shown to the visitor. */
export interface Exposure {
  kind: CampaignKind
  campaign: { id: number; name: string }
  variation: { id: number; name: string }
}

// Kameleoon's id of the original. The engine does not list the original among an experiment's variations.
const ORIGINAL = { id: 0, name: 'Original' }

/** What a campaign has shown. Nothing for a personalization without variation: that visitor saw the page unchanged. */
export function exposureOf(kind: CampaignKind, campaign: Campaign): Exposure | undefined {
  const variation = campaign.associatedVariation ?? ORIGINAL
  return kind === 'experiment' || variation.id !== ORIGINAL.id ? { kind, campaign, variation } : undefined
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
