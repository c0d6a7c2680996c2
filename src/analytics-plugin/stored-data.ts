import { customDataValue, type CustomDataType } from './custom-data-value'
import { engineApi, engineVisitor, whenEngineStarts, type EngineApi } from './engine'
import { quietly } from './quietly'

/** One stored trait and the custom data it is set as. */
export interface StoredTrait {
  /** Name of the trait in Segment. */
  trait: string
  /** Name of the custom data in Kameleoon. */
  customData: string
  /** Type of the custom data in Kameleoon. A stored value that cannot be converted to it is not set; a warning is logged. */
  type: CustomDataType
}

/** Which stored data is set as which custom data. Data without a setting is not read. */
export interface StoredDataSettings {
  /** Name of the custom data, of type "List of strings", for the keys of the audiences the user is in. */
  audiences?: string
  /** Traits to set. None by default. */
  traits?: StoredTrait[]
  /** Name of the custom data, of type "String", for the id of the user's group. */
  groupId?: string
  /** The id to look up the data by: `'visitor code'` (default) or Segment's `'user id'`. The destination stores under both. */
  by?: 'visitor code' | 'user id'
}

type EngineData = NonNullable<EngineApi['Data']>
type Fields = Record<string, unknown>

interface SegmentUser {
  id(): unknown
}

/** Segment's analytics.js on the page. `user` of the npm build returns a promise, `user` of the snippet does not. */
interface SegmentGlobals {
  analytics?: { ready?(run: () => void): unknown; user?(): SegmentUser | Promise<SegmentUser> }
}

/**
 * Reads what the destination has stored for this visitor and sets it as Kameleoon custom data, for use in segments. Waits
 * for Kameleoon's engine. Made for Kameleoon's Global custom script; `docs/stored-data-script.js` is that script, ready to paste.
 *
 * Custom data with no stored value is reset. The engine gives the same answer for a failed request and for an unknown
 * visitor, so after a failed request custom data is missing until the next page. Keeping it would leave visitors in
 * audiences they have left.
 *
 * @example
 * setStoredData({ audiences: 'SegmentIO personas', groupId: 'Group ID' })
 */
export function setStoredData(settings: StoredDataSettings): void {
  whenEngineStarts(() => withStoredId(settings.by, (id) => readAndSet(settings, id)))
}

/** Calls `use` with the id under which the visitor's data is stored, once it is known; never if there is no id. */
function withStoredId(by: StoredDataSettings['by'], use: (id: string) => void): void {
  const useKnown = (id: unknown): void => {
    if (typeof id === 'string' && id !== '') use(id)
  }
  if (by !== 'user id') return useKnown(engineVisitor()?.code)
  const { analytics }: Window & SegmentGlobals = window
  analytics?.ready?.(() => {
    void Promise.resolve(analytics.user?.()).then((user) => useKnown(user?.id()))
  })
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
    console.warn(`Stored trait ${trait} is not a ${type}: custom data "${customData}" is not set.`)
  else data.setCustomData(customData, value, true)
}

/** Resets custom data only if it is set. Otherwise every visitor without stored data would cause an event. */
function reset(data: EngineData, customData: string): void {
  const places = [quietly(() => engineApi()?.Visitor?.customData), quietly(() => engineApi()?.CurrentVisit?.customData)]
  if (places.some((values) => values?.[customData] !== undefined)) data.resetCustomData(customData)
}
