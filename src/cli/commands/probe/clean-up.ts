import { isRecord } from '../../../segment-host'
import type { Answer, Call, Evidence } from './evidence'
import { CallError, type Link } from './link'
import { isSuccess, mapsUnder } from './map-calls'
import { filterOf, type Project } from './project'
import { visitCall, type SharedRun } from './session'
import { Visit } from './visit'

/** What became of something that the run had created. */
export interface CleanedUp {
  what: string
  /** `expires`: it could not be removed and ends by itself. `left`: someone has to remove it. */
  state: 'removed' | 'expires' | 'left'
  detail: string
  requests: Evidence[]
}

/** Milliseconds before each further attempt. */
const PAUSES_MS = [1_000, 2_000, 5_000, 10_000, 20_000]

type Run = Pick<SharedRun, 'link' | 'names' | 'project' | 'traces' | 'findings'>

/** Sends a call and keeps it as evidence. */
type Send = (call: Call) => Promise<Answer>

interface Part {
  what: string
  isNeeded: (run: Run) => boolean
  remove: (run: Run, send: Send) => Promise<Pick<CleanedUp, 'state' | 'detail'>>
  /** What becomes of it when it cannot be removed. */
  otherwise: (run: Run) => Pick<CleanedUp, 'state' | 'detail'>
}

/**
 * Removes what the run has created. Each part is tried several times, also when another one failed, and neither an
 * interruption nor a failure ends it early. Resolves to what became of each part.
 */
export async function cleanUp(run: Run): Promise<CleanedUp[]> {
  const cleaned: CleanedUp[] = []
  for (const part of PARTS.filter(({ isNeeded }) => isNeeded(run))) cleaned.push(await attempted(part, run))
  return cleaned
}

async function attempted({ what, remove, otherwise }: Part, run: Run): Promise<CleanedUp> {
  const requests: Evidence[] = []
  let failure = ''
  for (const pause of [0, ...PAUSES_MS]) {
    await run.link.wait(pause)
    try {
      return { what, ...(await remove(run, (call) => run.link.call(call, requests))), requests }
    } catch (error) {
      if (!(error instanceof CallError)) throw error
      failure = error.message
    }
  }
  const { state, detail } = otherwise(run)
  return { what, state, detail: `${failure}. ${detail}`, requests }
}

const EXPIRE = 'They expire an hour after they were written'

const PARTS: Part[] = [
  {
    what: 'test goals',
    isNeeded: ({ traces }) => traces.goals.size > 0,
    remove: archiveGoals,
    otherwise: ({ traces }) => ({
      state: 'left',
      detail: `To do by hand: archive the goals ${quoted([...traces.goals])}`
    })
  },
  {
    what: 'test maps',
    isNeeded: ({ traces }) => traces.keys.size > 0,
    remove: emptyMaps,
    otherwise: () => ({ state: 'expires', detail: EXPIRE })
  },
  {
    what: 'test visitor',
    isNeeded: ({ traces }) => traces.visitor,
    remove: forgetVisitor,
    otherwise: ({ names }) => ({ state: 'left', detail: `To do by hand: forget the visitor ${names.visitorCode}` })
  }
]

const quoted = (names: string[]): string => names.map((name) => `"${name}"`).join(', ')

type Removed = ReturnType<Part['remove']>

/** Archives every goal with one of the names, also one whose creation was not answered. */
async function archiveGoals({ project, traces }: Run, send: Send): Removed {
  const names = [...traces.goals]
  for (const goal of await activeGoals(project, names, send)) {
    await send({ method: 'PATCH', api: 'automation', path: `/goals/${String(goal.id)}`, body: { isArchived: true } })
  }
  const left = await activeGoals(project, names, send)
  if (left.length === 0) return { state: 'removed', detail: 'archived' }
  const listed = left.map(({ id, name }) => `${String(id)} "${String(name)}"`).join(', ')
  return { state: 'left', detail: `Goals could not be archived. To do by hand: archive ${listed}` }
}

async function activeGoals({ siteId }: Project, names: string[], send: Send): Promise<Record<string, unknown>[]> {
  const filter = filterOf(['siteId', 'EQUAL', String(siteId)], ['name', 'IN', ...names])
  const query = { filter, page: '1', perPage: '50' }
  // A service that ignores the filter would answer with goals of others, which do not belong in a report.
  const { status, json } = await send({ method: 'GET', api: 'automation', path: '/goals', query, isPrivate: true })
  if (!isSuccess(status) || !Array.isArray(json)) throw new CallError(`GET /goals answered ${status}`)
  // Nor must those goals be archived.
  return json.filter(isRecord).filter(({ name, isArchived }) => names.includes(String(name)) && isArchived !== true)
}

/** Null removes fields where writes merge; an empty map removes the key where they replace. */
async function emptyMaps({ link, project, traces, findings }: Run, send: Send): Removed {
  const keys = [...traces.keys.keys()]
  const { siteCode } = project
  const write = (maps: object): Promise<Answer> =>
    send({ method: 'POST', api: 'data', path: '/map/maps', query: { siteCode, ttlHours: '1' }, body: maps })
  const nulls = [...traces.keys].map(([key, names]): [string, object] => {
    return [key, Object.fromEntries([...names].map((name) => [name, null]))]
  })
  await write(Object.fromEntries(nulls))
  await write(Object.fromEntries(keys.map((key) => [key, {}])))
  await link.wait((findings.mapDelay ?? 0) * 1_000)
  const isEmpty = await eventually(link, async () => {
    const maps = await mapsUnder(keys, siteCode, send)
    return maps.every((map) => Object.keys(map).length === 0)
  })
  return isEmpty
    ? { state: 'removed', detail: 'emptied' }
    : { state: 'expires', detail: `They could not be emptied. ${EXPIRE}` }
}

async function forgetVisitor(run: Run, send: Send): Removed {
  const query = { siteCode: run.project.siteCode }
  const { status } = await send({
    method: 'POST',
    api: 'data',
    path: '/visit/forget',
    query,
    body: run.names.visitorCode
  })
  if (!isSuccess(status)) throw new CallError(`POST /visit/forget answered ${status}`)
  const isGone = await eventually(run.link, async () => new Visit((await send(visitCall(run))).json).isEmpty)
  const detail = isGone ? 'forgotten' : 'Kameleoon has accepted to forget it, which it does later'
  return { state: 'removed', detail }
}

/** Milliseconds between looks whether something is gone. */
const LOOKS_MS = [0, 2_000, 10_000]

async function eventually(link: Link, isDone: () => Promise<boolean>): Promise<boolean> {
  for (const pause of LOOKS_MS) {
    await link.wait(pause)
    if (await isDone()) return true
  }
  return false
}
