import { hasOwn, isRecord } from '../../../../segment-host'
import { CallError } from '../link'
import { filterOf } from '../project'
import { couldNotTell, notSeen, seen, type Found, type Question } from '../question'
import type { Session } from '../session'

/** Questions about custom data. */
export const CUSTOM_DATA_QUESTIONS: Question[] = [
  {
    id: 'cross-device-id',
    asked: 'Does the Automation API say which custom data is the cross-device id?',
    why: 'The destination reads that from the configuration that SDKs read, which is one request more.',
    looksFor: 'isMappingIdentifier in the list of custom data',
    requests: ['GET /custom-datas'],
    ask: askCrossDeviceId
  }
]

async function askCrossDeviceId(session: Session): Promise<Found> {
  const { siteId } = session.run.project
  const query = { filter: filterOf(['siteId', 'EQUAL', String(siteId)]), page: '1', perPage: '50' }
  const { status, json } = await session.call({ method: 'GET', api: 'automation', path: '/custom-datas', query })
  if (status !== 200 || !Array.isArray(json)) throw new CallError(`GET /custom-datas answered ${status}`)
  const list: unknown[] = json
  if (list.length === 0) return couldNotTell('The project has no custom data')
  const isListed = list.some((one) => isRecord(one) && hasOwn(one, 'isMappingIdentifier'))
  return isListed
    ? seen('The list has the member isMappingIdentifier', { crossDeviceId: 'listed' })
    : notSeen('The list has no member isMappingIdentifier', { crossDeviceId: 'not listed' })
}
