import type { DestinationDefinition } from '@segment/actions-core'
import { USER_AGENT } from './kameleoon-api/hosts'
import { authentication } from './authentication'
import { onDelete } from './delete-user'
import type { Settings } from './generated-types'
import groupEvent from './groupEvent'
import identifyEvent from './identifyEvent'
import logEvent from './logEvent'
import pageEvent from './pageEvent'
import { presets } from './presets'

const destination: DestinationDefinition<Settings> = {
  name: 'Kameleoon (Actions)',
  slug: 'actions-kameleoon',
  mode: 'cloud',
  description: 'Send Segment events to Kameleoon: conversions, pages, visitor data and audiences.',
  authentication,
  extendRequest: () => ({ headers: { 'user-agent': USER_AGENT } }),
  onDelete,
  presets,
  actions: { logEvent, pageEvent, identifyEvent, groupEvent }
}

export default destination

// For tools around the destination, so that they read events and stored data as it does.
export { firstOf } from './fields'
export { KEY_PREFIXES, LINK_FIELD } from './plan/stored-maps'
export type { KeyKind } from './plan/stored-maps'
export { VISITOR_CODE_NAMES } from './visitor'
