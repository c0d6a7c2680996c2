import { engineApi, whenEngineStarts, type EngineApi } from '../engine'
import { quietly } from '../quietly'
import { customDataValue } from './custom-data-value'
import { withStoredId } from './stored-user-id'
import type { StoredDataSettings, StoredTrait } from './settings'

type EngineData = NonNullable<EngineApi['Data']>
type Fields = Record<string, unknown>

/**
 * Reads what the destination has stored of this visitor and sets it as Kameleoon custom data, so that segments can target
 * on it. Made for Kameleoon's Global custom script; `docs/stored-data-script.js` is that script, ready to paste.
 *
 * Custom data that nothing is stored for is reset. The engine answers a failed request like that of an unknown visitor, so
 * custom data is then missing until the next page: a visitor who keeps an audience that was left would be wrong for longer.
 *
 * @example
 * setStoredData({ audiences: 'SegmentIO personas', groupId: 'Group ID' })
 */
export function setStoredData(settings: StoredDataSettings): void {
  whenEngineStarts(() => withStoredId(settings.by, (id) => readAndSet(settings, id)))
}

function readAndSet({ audiences, traits = [], groupId }: StoredDataSettings, id: string): void {
  const data = engineApi()?.Data
  if (!data) return
  const group: StoredTrait[] = groupId === undefined ? [] : [{ trait: 'groupId', customData: groupId, type: 'string' }]
  const wanted = [...traits, ...group]
  if (audiences !== undefined) read(data, `COHORTS_${id}`, (fields) => setAudiences(data, audiences, fields))
  if (wanted.length > 0) {
    read(data, `IDENTIFY_${id}`, (fields) => wanted.forEach((one) => setTrait(data, one, fields[one.trait])))
  }
}

function read(data: EngineData, key: string, use: (fields: Fields) => void): void {
  data.retrieveDataFromRemoteSource(key, (answer) => use(typeof answer === 'object' ? { ...answer } : {}))
}

function setAudiences(data: EngineData, customData: string, fields: Fields): void {
  const entered = Object.keys(fields).filter((audience) => fields[audience] === true)
  if (entered.length > 0) data.setCustomData(customData, entered, true)
  else reset(data, customData)
}

function setTrait(data: EngineData, { trait, customData, type }: StoredTrait, stored: unknown): void {
  if (stored === undefined || stored === null) return reset(data, customData)
  const value = customDataValue(stored, type)
  if (value === undefined)
    console.warn(`Stored trait ${trait} is no ${type}: custom data "${customData}" stays as it was.`)
  else data.setCustomData(customData, value, true)
}

/** Resets what is set. Anything else would send an event for every visitor of whom nothing is known. */
function reset(data: EngineData, customData: string): void {
  const places = [quietly(() => engineApi()?.Visitor?.customData), quietly(() => engineApi()?.CurrentVisit?.customData)]
  if (places.some((values) => values?.[customData] !== undefined)) data.resetCustomData(customData)
}
