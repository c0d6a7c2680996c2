import { isDeepStrictEqual } from 'util'
import { KEY_PREFIXES } from '../../../../destinations/kameleoon'
import type { Modes } from '../../../../emulator'
import { hasOwn, isRecord, kindOf, memberOf, recordOf } from '../../../../segment-host'
import type { Answer } from '../evidence'
import { isSuccess } from '../map-calls'
import { couldNotTell, notSeen, seen, type Found, type Question } from '../question'
import type { Session } from '../session'

/** Questions about reading maps. */
export const MAP_READ_QUESTIONS: Question[] = [
  {
    id: 'unknown-key',
    asked: 'What is the answer for a key under which nothing is stored?',
    why: 'The destination takes {}, null, no content and 404 for "nothing"; anything else is an error that is tried again.',
    looksFor: 'the status 200 with an empty map',
    requests: ['GET /map/map', 'GET /map/maps'],
    ask: askUnknownKey
  },
  {
    id: 'stored-forms',
    asked: 'Which form do group and audience data have in `IDENTIFY_` and `COHORTS_`?',
    why: 'The destination stores plain fields. Campaigns written for the data of an older integration expect the form of that one.',
    looksFor: 'plain fields in the maps of a user that Kameleoon’s own integration stored (--known-user)',
    requests: [
      'POST /map/maps',
      'GET /map/maps after it',
      'with --known-user also GET /map/maps for the keys of that user'
    ],
    ask: askForms
  }
]

async function askUnknownKey(session: Session): Promise<Found> {
  const key = session.names.key('nothing')
  const ask = (path: string, further: Record<string, string>): Promise<Answer> =>
    session.call({ method: 'GET', api: 'data', path, query: session.query(further) })
  const one = formOf(await ask('/map/map', { key }))
  const many = formInListOf(await ask('/map/maps', { keys: JSON.stringify([key]) }), key)
  const found = `GET /map/map: ${one.found}. GET /map/maps: ${many.found}`
  const mode = { ...(one.mode && { unknownKey: one.mode }), ...(many.mode && { unknownKeys: many.mode }) }
  if (!one.mode) return couldNotTell(found, mode)
  return one.mode === 'empty' ? seen(found, mode) : notSeen(found, mode)
}

interface Form<Mode> {
  found: string
  mode?: Mode
}

function formOf({ status, text, json }: Answer): Form<Modes['unknownKey']> {
  if (status === 404) return { found: '404', mode: 'not found' }
  if (!isSuccess(status)) return { found: String(status) }
  if (text.trim() === '') return { found: `${status} without content`, mode: 'no content' }
  if (json === null) return { found: `${status} null`, mode: 'null' }
  const isEmpty = isRecord(json) && Object.keys(json).length === 0
  return isEmpty ? { found: `${status} {}`, mode: 'empty' } : { found: `${status} with something else` }
}

function formInListOf({ status, json }: Answer, key: string): Form<Modes['unknownKeys']> {
  if (status === 404) return { found: '404', mode: 'not found' }
  if (!isSuccess(status)) return { found: String(status) }
  if (!isRecord(json)) return { found: `${status} with something else` }
  if (!hasOwn(json, key)) return { found: `${status} without the key`, mode: 'absent' }
  if (json[key] === null) return { found: `${status}, the key has null`, mode: 'null' }
  return { found: `${status}, the key has ${JSON.stringify(json[key])}`, mode: 'empty' }
}

/** A value of every kind that traits have. */
const VALUES = { text: 'gold', number: 1.5, flag: true, list: ['a', 'b'], object: { name: 'a' } }

async function askForms(session: Session): Promise<Found> {
  const read = await session.writtenMaps({ [session.names.key('forms')]: VALUES }, ([map]) => 'text' in map)
  if (!read) return couldNotTell('What was written could not be read within the longest wait')
  const changed = Object.entries(VALUES).filter(([name, value]) => !isDeepStrictEqual(read[0][name], value))
  const kept =
    changed.length === 0
      ? 'Text, number, true, list and object come back as they were written'
      : `Changed or lost: ${changed.map(([name]) => name).join(', ')}`
  return knownForms(session, kept)
}

/** The kinds of the values that Kameleoon's own integration stored for a user. Values and names stay out of the report. */
async function knownForms(session: Session, kept: string): Promise<Found> {
  const { knownUser } = session.run
  if (knownUser === undefined) {
    return couldNotTell(`${kept}. What Kameleoon’s own integrations store shows only with --known-user`)
  }
  const keys = [KEY_PREFIXES.identify + knownUser, KEY_PREFIXES.cohorts + knownUser]
  const query = session.query({ keys: JSON.stringify(keys) })
  const { json } = await session.call({ method: 'GET', api: 'data', path: '/map/maps', query, isPrivate: true })
  const values = keys.map((key) => Object.values(recordOf(memberOf(json, key))))
  const kinds = values.map((list) => [...new Set(list.map(kindOf))].sort().join(', ') || 'nothing')
  const found = `${kept}. Of the known user, IDENTIFY_ has ${kinds[0]}; COHORTS_ has ${kinds[1]}`
  if (values.flat().length === 0) return couldNotTell(found)
  return values.flat().some((value) => typeof value === 'object' && value !== null) ? notSeen(found) : seen(found)
}
