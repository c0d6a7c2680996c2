import type { Project } from './server-sdk'

/** The feature flag, whose only rule is an experiment for that audience. */
export const FEATURE = 'vip_checkout'
export const EXPERIMENT = { id: 41, name: 'VIP checkout' }
export const VARIATION = { id: 42, name: 'Short' }

const AUDIENCES = {
  id: 11,
  index: 2,
  name: 'Audiences',
  localOnly: false,
  isMappingIdentifier: false,
  scope: 'VISITOR'
}

/** Whoever has this audience of Segment among the values of the custom data. */
const VIPS = {
  id: 21,
  name: 'VIPs',
  conditionsData: {
    firstLevelOrOperators: [],
    firstLevel: [
      {
        orOperators: [],
        conditions: [
          {
            id: 22,
            targetingType: 'CUSTOM_DATUM',
            isInclude: true,
            weight: 1,
            customDataIndex: String(AUDIENCES.index),
            valueMatchType: 'EXACT',
            value: 'vip'
          }
        ]
      }
    ]
  }
}

const ALL_OF_THEM = 1

/** The experiment as it is set up in Kameleoon: a shorter checkout for all VIPs. */
export const VIP_CHECKOUT: Project = {
  customData: [AUDIENCES],
  segments: [VIPS],
  featureFlags: [
    {
      id: 31,
      featureKey: FEATURE,
      environmentEnabled: true,
      defaultVariationKey: 'off',
      variations: [
        { key: 'off', name: 'Off', variables: [] },
        { key: 'short', name: VARIATION.name, variables: [] }
      ],
      rules: [
        {
          id: 32,
          order: 0,
          type: 'EXPERIMENTATION',
          segmentId: VIPS.id,
          exposition: ALL_OF_THEM,
          respoolTime: null,
          experimentId: EXPERIMENT.id,
          variationByExposition: [{ variationKey: 'short', variationId: VARIATION.id, exposition: ALL_OF_THEM }]
        }
      ]
    }
  ]
}
