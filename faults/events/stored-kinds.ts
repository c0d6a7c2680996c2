import { textOf, visitOf, type StoredField } from './source-event'
import type { Make } from './visit-kinds'

/*
 * A retried event may arrive after newer ones, so a field that several events write has no well-defined end. Here every
 * field of every map is written by one event only, while the maps themselves are shared by many events: what is lost when
 * two of them meet shows as a missing field.
 */

/** The custom data of the emulated project that is its cross-device id. */
const CROSS_DEVICE_INDEX = 6

/** Traits of a visitor who may also be a known user: then they stand under both keys, and the two are linked. */
const identify: Make = (index, visitor, random) => {
  const isUser = random() < 0.5
  const ids: Record<string, string> = isUser
    ? { userId: `user-of-${visitor}`, anonymousId: `browser-of-${visitor}` }
    : {}
  const keys = [visitor, ...(isUser ? [`user-of-${visitor}`] : [])].map((id) => `IDENTIFY_${id}`)
  return {
    subscription: 'identify',
    text: textOf(`identify-${index}`, {
      ...{ type: 'identify', ...ids },
      traits: { kameleoonVisitorCode: visitor, [`trait_${index}`]: { index } }
    }),
    expected: {
      kind: 'delivered',
      visits: [],
      stored: [
        ...keys.map((key) => ({ key, field: `trait_${index}`, value: { index } })),
        ...Object.values(ids).map((id) => linkOf(id, visitor))
      ]
    }
  }
}

/** Told in two requests, a visit event and stored data: either may fail alone. */
const identifyWithCustomData: Make = (index, visitor) => {
  const plan = `plan ${index}`
  return {
    subscription: 'identifyWithCustomData',
    text: textOf(`custom-${index}`, {
      type: 'identify',
      context: { plan },
      traits: { kameleoonVisitorCode: visitor, [`custom_${index}`]: true }
    }),
    expected: {
      kind: 'delivered',
      visits: [visitOf.customData(visitor, 1, plan)],
      stored: [{ key: `IDENTIFY_${visitor}`, field: `custom_${index}`, value: true }]
    }
  }
}

/** Told in two requests too: the cross-device id of the visitor, and traits. */
const crossDeviceIdentify: Make = (index, visitor) => {
  const userId = `person-of-${index}`
  const trait = { field: `device_${index}`, value: true }
  return {
    subscription: 'crossDeviceIdentify',
    text: textOf(`device-${index}`, {
      ...{ type: 'identify', userId },
      traits: { kameleoonVisitorCode: visitor, [trait.field]: true }
    }),
    expected: {
      kind: 'delivered',
      visits: [visitOf.customData(visitor, CROSS_DEVICE_INDEX, userId)],
      stored: [
        { key: `IDENTIFY_${visitor}`, ...trait },
        { key: `IDENTIFY_${userId}`, ...trait },
        linkOf(userId, visitor)
      ]
    }
  }
}

const group: Make = (index, visitor) => {
  const member = { key: `IDENTIFY_${visitor}` }
  return {
    subscription: 'group',
    text: textOf(`group-${index}`, {
      ...{ type: 'group', groupId: `group-${index}` },
      traits: { kameleoonVisitorCode: visitor, seats: index }
    }),
    expected: {
      kind: 'delivered',
      visits: [],
      stored: [
        { ...member, field: 'groupId', value: `group-${index}` },
        { ...member, field: 'group', value: { seats: index } }
      ]
    }
  }
}

const audienceEntered: Make = (index, visitor) => ({
  subscription: 'track',
  text: audienceText(`entered-${index}`, 'Audience Entered', visitor, `audience_${index}`),
  expected: {
    kind: 'delivered',
    visits: [],
    stored: [{ key: `COHORTS_${visitor}`, field: `audience_${index}`, value: true }]
  }
})

/** Leaves an audience that the visitor was in before; nothing of it may stay. */
const audienceExited: Make = (index, visitor) => ({
  subscription: 'track',
  text: audienceText(`exited-${index}`, 'Audience Exited', visitor, `former_${index}`),
  expected: { kind: 'delivered', visits: [], stored: [] },
  before: {
    subscription: 'track',
    text: audienceText(`before-${index}`, 'Audience Entered', visitor, `former_${index}`)
  }
})

const link: Make = (index, visitor) => ({
  subscription: 'track',
  text: textOf(`link-${index}`, {
    ...{ type: 'track', event: 'Kameleoon identifier', userId: `linked-${index}` },
    properties: { k_visitorCode: visitor }
  }),
  expected: { kind: 'delivered', visits: [], stored: [linkOf(`linked-${index}`, visitor)] }
})

function linkOf(id: string, visitor: string): StoredField {
  return { key: `LINK_${id}`, field: 'kameleoonVisitorCode', value: visitor }
}

function audienceText(messageId: string, event: string, visitor: string, audience: string): string {
  return textOf(messageId, {
    ...{ type: 'track', event },
    properties: { kameleoonVisitorCode: visitor, audience_key: audience }
  })
}

export const STORED_KINDS = {
  identify,
  identifyWithCustomData,
  crossDeviceIdentify,
  group,
  audienceEntered,
  audienceExited,
  link
}
