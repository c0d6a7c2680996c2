import { memberOf, recordOf } from '../../../../segment-host'
import type { Answer } from '../evidence'
import { CallError } from '../link'
import { isSuccess } from '../map-calls'
import { couldNotTell, notSeen, seen, whenRead, type Found, type Question, type WhenRead } from '../question'
import type { Session } from '../session'

/** Questions about goals. */
export const GOAL_QUESTIONS: Question[] = [
  {
    id: 'goal-names',
    asked: 'Are two goals of one name allowed?',
    why: 'The destination creates goals by name. Where the name is not unique, two processes may create two goals.',
    looksFor: 'a second goal with an id of its own',
    requests: ['POST /goals, twice with one name'],
    ask: askNames
  },
  {
    id: 'archived-goal',
    asked: 'Does a conversion of an archived goal count?',
    why: 'The destination filters events of archived goals, since whoever archived one wanted no more conversions of it.',
    looksFor: 'the conversion, when the visitor is read',
    requests: ['POST /goals', 'PATCH /goals/{id}', 'POST /visit/events'],
    ask: askArchived
  },
  {
    id: 'metadata',
    asked: 'Which form has the metadata of a conversion when it is read?',
    why: 'Custom data of a conversion is written as an object; Kameleoon’s JavaScript SDK declares a list where it is read.',
    looksFor: 'the object as it was written',
    requests: ['POST /visit/events'],
    ask: askMetadata
  }
]

function createGoal(session: Session, name: string): Promise<Answer> {
  session.run.traces.goals.add(name)
  const { siteId } = session.run.project
  const body = { name, siteId, type: 'CUSTOM', hasMultipleConversions: true }
  return session.call({ method: 'POST', api: 'automation', path: '/goals', body })
}

function idIn({ status, json }: Answer): number {
  const id = memberOf(json, 'id')
  if (isSuccess(status) && typeof id === 'number') return id
  throw new CallError(`POST /goals answered ${status} without a goal`)
}

async function askNames(session: Session): Promise<Found> {
  const name = session.names.goal('one')
  const id = idIn(await createGoal(session, name))
  session.run.findings.goalId = id
  const second = await createGoal(session, name)
  if (second.status >= 400) return notSeen('The second goal was not created', { goalNames: 'reject' })
  if (idIn(second) === id) return notSeen('The answer is the first goal again', { goalNames: 'return first' })
  return seen('A second goal was created', { goalNames: 'allow' })
}

async function askArchived(session: Session): Promise<Found | WhenRead> {
  const id = idIn(await createGoal(session, session.names.goal('archived')))
  const patch = { method: 'PATCH', api: 'automation', path: `/goals/${id}`, body: { isArchived: true } } as const
  const { status, json } = await session.call(patch)
  if (!isSuccess(status)) {
    const found = `The goal could not be archived: PATCH /goals/{id} answered ${status}`
    return couldNotTell(found, status === 401 || status === 403 ? { archiving: 'reject' } : {})
  }
  if (memberOf(json, 'isArchived') === false) return couldNotTell('The goal is not archived after PATCH')
  const answer = await session.sendEvents([{ eventType: 'CONVERSION', goalId: id, revenue: 1, negative: false }])
  const notCounted = notSeen('The conversion was not kept', { archiving: 'allow', archivedGoals: 'discard' })
  if (!isSuccess(answer.status)) return notCounted
  const { goalId } = session.run.findings
  return whenRead((visit) => {
    if (visit.conversions(id).length > 0) {
      return seen('The conversion was kept', { archiving: 'allow', archivedGoals: 'convert' })
    }
    const isControlThere = goalId !== undefined && visit.conversions(goalId).length > 0
    return isControlThere ? notCounted : couldNotTell('No conversion can be read, not even one of an active goal')
  })
}

/** The value in the metadata. */
const VALUE = 'kameleoon-destination probe'

async function askMetadata(session: Session): Promise<Found | WhenRead> {
  const { project, findings } = session.run
  const { goalId } = findings
  if (goalId === undefined) return couldNotTell('There is no test goal to convert')
  const metadata = project.customDataIndex === undefined ? undefined : { [project.customDataIndex]: [VALUE] }
  await session.sendEvents([{ eventType: 'CONVERSION', goalId, revenue: 34.25, negative: false, metadata }])
  if (!metadata) return couldNotTell('The project has no custom data that metadata could name')
  return whenRead((visit) => {
    const conversions = visit.conversions(goalId)
    if (conversions.length === 0) return couldNotTell('No conversion of the test goal can be read')
    const read = conversions.map(({ data }) => data.metadata).find((value) => value !== undefined && value !== null)
    if (read === undefined) return notSeen('The conversion has no metadata when it is read', { metadata: 'drop' })
    if (Array.isArray(read)) return notSeen(`It is a list: ${JSON.stringify(read)}`, { metadata: 'list' })
    return seen(`It is an object: ${JSON.stringify(recordOf(read))}`, { metadata: 'as sent' })
  })
}
