import type { Modes } from '../../../../emulator'

/** What is found of an emulator without options. */
export const USUAL: Partial<Modes> = {
  mapWrites: 'merge',
  nullFields: 'remove',
  emptyMaps: 'ignore',
  unknownKey: 'empty',
  unknownKeys: 'absent',
  mapsVisibleAfterMs: 0,
  eventsVisibleAfterMs: 0,
  nonces: 'drop',
  eventTime: 'discard',
  ignoredParameters: [],
  metadata: 'as sent',
  jsonUserAgents: 'keep',
  content: 'accept',
  neighbours: 'keep',
  archivedGoals: 'discard',
  archiving: 'allow',
  goalNames: 'allow',
  crossDeviceId: 'not listed',
  requireToken: false,
  badTokens: 'reject',
  acceptedStatus: 204
}

/** An emulator for the probe. Each has several modes at once, so that few runs show every value of every mode. */
export interface Emulated {
  modes: Partial<Modes>
  /** Whether maps can be emptied there, or only expire. */
  maps: 'removed' | 'expires'
}

export const EMULATORS: Record<string, Emulated> = {
  'without options': { modes: {}, maps: 'removed' },
  'that replaces, answers 404 and rejects': {
    modes: {
      ...{ mapWrites: 'replace', nullFields: 'keep', emptyMaps: 'delete', mapsVisibleAfterMs: 2_000 },
      ...{ unknownKey: 'not found', unknownKeys: 'not found', nonces: 'store', eventTime: 'use' },
      ...{ archivedGoals: 'convert', goalNames: 'reject', metadata: 'list', content: 'reject', neighbours: 'lose' },
      ...{ acceptedStatus: 202, badTokens: 'ignore', crossDeviceId: 'listed' }
    },
    maps: 'removed'
  },
  'that ignores nulls and empty maps, and drops parameters': {
    modes: {
      ...{ mapWrites: 'replace', nullFields: 'ignore', emptyMaps: 'ignore', unknownKey: 'null', unknownKeys: 'null' },
      ...{ eventTime: 'ignore', goalNames: 'return first', metadata: 'drop', jsonUserAgents: 'discard' },
      ...{ neighbours: 'lose', acceptedStatus: 200, eventsVisibleAfterMs: 20_000 },
      ignoredParameters: ['PAGE.title', 'STATICDATA.os', 'GEOLOCATION.city', 'CONVERSION.revenue']
    },
    maps: 'expires'
  },
  'that rejects nulls and empty maps, is slow and needs tokens': {
    modes: {
      ...{ nullFields: 'reject', emptyMaps: 'reject', unknownKey: 'no content', unknownKeys: 'empty' },
      ...{ content: 'reject', neighbours: 'keep', mapsVisibleAfterMs: 5_000, eventsVisibleAfterMs: 60_000 },
      ...{ requireToken: ['GET /visit/visitor', 'POST /map/maps'], badTokens: 'ignore' }
    },
    maps: 'expires'
  },
  'that merges, ignores nulls and deletes with empty maps': {
    modes: { nullFields: 'ignore', emptyMaps: 'delete', eventsVisibleAfterMs: 1_000, nonces: 'store' },
    maps: 'removed'
  },
  'that merges and keeps nulls': {
    modes: { nullFields: 'keep', neighbours: 'lose', eventTime: 'use' },
    maps: 'expires'
  },
  'that replaces and removes nulls': {
    modes: { mapWrites: 'replace', nullFields: 'remove', emptyMaps: 'delete', requireToken: ['POST /visit/events'] },
    maps: 'removed'
  }
}
