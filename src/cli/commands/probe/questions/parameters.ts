import { isDeepStrictEqual } from 'util'
import { hasOwn } from '../../../../segment-host'
import { couldNotTell, notSeen, seen, whenRead, type Question, type WhenRead } from '../question'
import type { Session } from '../session'
import type { ReadType, Visit } from '../visit'

/** Which parameters of visit events come back. */
export const PARAMETER_QUESTIONS: Question[] = [
  {
    id: 'event-parameters',
    asked: 'Which parameters does each visit event type have?',
    why: 'No table of them could be confirmed; the destination checks those that Kameleoon’s SDKs send.',
    looksFor: 'every parameter that was sent, when the visitor is read',
    requests: ['POST /visit/events with one event of each type'],
    ask: askParameters
  }
]

type Parameters = Record<string, unknown>

/** An event of each type with its parameters, those that need the project's own objects where it has them. */
function samples({ names, run }: Session): [ReadType, Parameters][] {
  const { goalId } = run.findings
  const index = run.project.customDataIndex
  const conversion: [ReadType, Parameters] = ['CONVERSION', { goalId, revenue: 12.5, negative: true }]
  const customData: [ReadType, Parameters] = [
    'CUSTOMDATA',
    { index, valuesCountMap: { 'kameleoon-destination probe': 1 }, overwrite: true }
  ]
  return [
    ['PAGE', { href: names.page('parameters'), title: 'Parameters', referrersIndices: [0] }],
    ['STATICDATA', STATIC_DATA],
    ['GEOLOCATION', GEOLOCATION],
    ...(goalId === undefined ? [] : [conversion]),
    ...(index === undefined ? [] : [customData])
  ]
}

const STATIC_DATA = {
  deviceType: 'DESKTOP',
  browser: 'Firefox',
  browserVersion: '133',
  os: 'LINUX',
  screenWidth: 1920,
  screenHeight: 1080,
  timeZoneId: 'Europe/Paris',
  localeLanguageTag: 'fr-FR'
}

const GEOLOCATION = {
  country: 'France',
  region: 'Ile-de-France',
  city: 'Paris',
  postalCode: '75001',
  latitude: 48.5,
  longitude: 2.5
}

async function askParameters(session: Session): Promise<WhenRead> {
  const sent = samples(session)
  await session.sendEvents(sent.map(([eventType, parameters]) => ({ eventType, ...parameters })))
  return whenRead((visit) => {
    const results = sent.flatMap(([type, parameters]) => resultsOf(visit, type, parameters))
    const namesOf = (kind: Result['kind']): string[] =>
      results.filter((one) => one.kind === kind).map(({ name }) => name)
    const [kept, changed, missing] = [namesOf('kept'), namesOf('changed'), namesOf('missing')]
    const found = `Returned as sent: ${listed(kept)}. Returned otherwise: ${listed(changed)}. Not returned: ${listed(missing)}`
    const mode = { ignoredParameters: missing }
    if (kept.length === 0) return couldNotTell(found)
    return missing.length + changed.length === 0 ? seen(found, mode) : notSeen(found, mode)
  })
}

interface Result {
  name: string
  kind: 'kept' | 'changed' | 'missing'
}

/** Compares the parameters with those of the event that is most like them. */
function resultsOf(visit: Visit, type: ReadType, parameters: Parameters): Result[] {
  const compare = (data: Parameters): Result[] =>
    Object.entries(parameters).map(([name, value]) => ({ name: `${type}.${name}`, kind: kindOf(data, name, value) }))
  const keptIn = (results: Result[]): number => results.filter(({ kind }) => kind === 'kept').length
  const candidates = visit.events(type).map(({ data }) => compare(data))
  return candidates.reduce((best, next) => (keptIn(next) > keptIn(best) ? next : best), compare({}))
}

function kindOf(data: Parameters, name: string, value: unknown): Result['kind'] {
  if (!hasOwn(data, name)) return 'missing'
  return isDeepStrictEqual(data[name], value) ? 'kept' : 'changed'
}

const listed = (names: string[]): string => names.join(', ') || 'none'
