import { isSuccess } from '../map-calls'
import { whenText, type Session } from '../session'
import { couldNotTell, notSeen, seen, type Found, type Question } from '../question'

const NEVER_READ = 'What was written could not be read within the longest wait'

/** Questions about writing maps, the stored data of visitors. */
export const MAP_QUESTIONS: Question[] = [
  {
    id: 'map-visibility',
    asked: 'How long does it take until a map that was written can be read?',
    why: 'The destination reads a map, merges into it and writes it whole: an older state would undo a newer write.',
    looksFor: 'the map, within the longest wait',
    requests: ['POST /map/maps', 'GET /map/maps until the map is there'],
    ask: askVisibility
  },
  {
    id: 'map-write',
    asked: 'Does a write to a map merge fields or replace the map?',
    why: 'If writes merge, the destination need not read a map before it changes one field.',
    looksFor: 'a field of the first write after a second one that does not name it (merge)',
    requests: ['POST /map/maps, twice', 'GET /map/maps after each'],
    ask: askWrite
  },
  {
    id: 'null-field',
    asked: 'Does null remove a field of a map?',
    why: 'Readers of audiences loop over field names, so that a field left as null still counts as membership.',
    looksFor: 'the map without the field',
    requests: ['POST /map/maps, twice', 'GET /map/maps after each'],
    ask: askNull
  },
  {
    id: 'empty-map',
    asked: 'Does an empty map remove what is stored under a key?',
    why: 'The deletion of a person writes null fields and then the empty map; at least one of them has to work.',
    looksFor: 'nothing under the key afterwards',
    requests: ['POST /map/maps, twice', 'GET /map/maps after each'],
    ask: askEmpty
  }
]

async function askVisibility(session: Session): Promise<Found> {
  const key = session.names.key('first')
  const { findings } = session.run
  const { status } = await session.writeMaps({ [key]: { a: 1 } })
  const read = isSuccess(status)
    ? await session.until(
        () => session.readMaps(key),
        ([map]) => map.a === 1
      )
    : null
  findings.mapDelay = read && read.seconds
  if (!read) return notSeen(isSuccess(status) ? NEVER_READ : `The write was answered with ${status}`)
  return seen(`The map could be read ${whenText(read)}`, { mapsVisibleAfterMs: read.seconds * 1_000 })
}

async function askWrite(session: Session): Promise<Found> {
  const key = session.names.key('write')
  if (!(await session.writtenMaps({ [key]: { a: 1 } }, ([map]) => map.a === 1))) return couldNotTell(NEVER_READ)
  const read = await session.writtenMaps({ [key]: { b: 2 } }, ([map]) => map.b === 2)
  if (!read) return couldNotTell(NEVER_READ)
  if (read[0].a === 1) return seen('The field of the first write is still there: writes merge', { mapWrites: 'merge' })
  return notSeen('Only the fields of the second write are there: writes replace the map', { mapWrites: 'replace' })
}

async function askNull(session: Session): Promise<Found> {
  const key = session.names.key('null')
  const before = { a: 1, b: 1, written: 1 }
  if (!(await session.writtenMaps({ [key]: before }, ([map]) => map.written === 1))) return couldNotTell(NEVER_READ)
  const { status } = await session.writeMaps({ [key]: { a: 1, b: null, written: 2 } })
  if (!isSuccess(status)) return notSeen(`A write with null was answered with ${status}`, { nullFields: 'reject' })
  const read = await session.until(
    () => session.readMaps(key),
    ([map]) => map.written === 2,
    mapDelayOf(session)
  )
  if (!read) return couldNotTell(NEVER_READ)
  const [map] = read.read
  if (!('b' in map)) return seen('The field is gone', { nullFields: 'remove' })
  if (map.b === null) return notSeen('The field is there, with null', { nullFields: 'keep' })
  return notSeen('The field still has its old value', { nullFields: 'ignore' })
}

async function askEmpty(session: Session): Promise<Found> {
  const [key, beside] = [session.names.key('empty'), session.names.key('beside')]
  if (!(await session.writtenMaps({ [key]: { a: 1 } }, ([map]) => map.a === 1))) return couldNotTell(NEVER_READ)
  // The second key of the same body shows when the write was carried out.
  const { status } = await session.writeMaps({ [key]: {}, [beside]: { a: 2 } })
  if (!isSuccess(status)) return notSeen(`A write of an empty map was answered with ${status}`, { emptyMaps: 'reject' })
  const look = await session.until(
    () => session.readMaps(key, beside),
    ([, map]) => map.a === 2,
    mapDelayOf(session)
  )
  if (!look) return couldNotTell(NEVER_READ)
  const isGone = Object.keys(look.read[0]).length === 0
  if (isGone) return seen('Nothing is stored under the key any more', { emptyMaps: 'delete' })
  return notSeen('The map is still there', { emptyMaps: 'ignore' })
}

function mapDelayOf({ run }: Session): number {
  return run.findings.mapDelay ?? 0
}
