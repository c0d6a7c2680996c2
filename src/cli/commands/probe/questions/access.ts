import type { DataCall } from '../../../../emulator'
import type { Answer } from '../evidence'
import type { Link } from '../link'
import { isSuccess } from '../map-calls'
import { couldNotTell, notSeen, seen, type Found, type Question } from '../question'
import { visitCall, type Session } from '../session'

/** Questions about access tokens. */
export const ACCESS_QUESTIONS: Question[] = [
  {
    id: 'without-token',
    asked: 'Is a token needed?',
    why: 'Without one, the public site code and a guessed key suffice to read and write what is stored.',
    looksFor: 'a call that is answered with 401 or 403 when it has no token',
    requests: [
      'POST /visit/events',
      'GET /visit/visitor',
      'POST /map/maps',
      'GET /map/map',
      'GET /map/maps, all without a token'
    ],
    ask: askWithout
  },
  {
    id: 'wrong-token',
    asked: 'Is a token that is not valid rejected?',
    why: 'The destination fetches a new token only when Kameleoon says that the old one is not valid.',
    looksFor: 'the status 401 or 403',
    requests: ['GET /map/map, or another call that needs no token, with a token that is not valid'],
    ask: askWrong
  }
]

const isDenied = ({ status }: Answer): boolean => status === 401 || status === 403

async function askWithout(session: Session): Promise<Found> {
  const { names } = session
  const key = names.key('without')
  const page = { eventType: 'PAGE', href: names.page('without'), title: 'Probe' }
  const get = (path: string, further: Record<string, string>): Promise<Answer> =>
    session.call({ method: 'GET', api: 'data', path, query: session.query(further), token: 'none' })
  const answers: [DataCall, Answer][] = [
    ['POST /visit/events', await session.sendEvents([page], {}, 'none')],
    ['GET /visit/visitor', await session.call({ ...visitCall(session.run), token: 'none' })],
    ['POST /map/maps', await session.writeMaps({ [key]: { a: 1 } }, 'none')],
    ['GET /map/map', await get('/map/map', { key })],
    ['GET /map/maps', await get('/map/maps', { keys: JSON.stringify([key]) })]
  ]
  const needing = answers.filter(([, answer]) => isDenied(answer)).map(([call]) => call)
  session.run.findings.needingToken = needing
  if (needing.length === 0) return notSeen('No call needs a token', { requireToken: false })
  return seen(`These calls need a token: ${needing.join(', ')}`, { requireToken: needing })
}

async function askWrong(session: Session): Promise<Found> {
  const { needingToken } = session.run.findings
  const key = session.names.key('first')
  const calls = [
    { path: '/map/map', query: session.query({ key }) },
    { path: '/map/maps', query: session.query({ keys: JSON.stringify([key]) }) },
    { path: '/visit/visitor', query: visitCall(session.run).query }
  ]
  // Where a token is needed, one that is not valid is rejected in any case.
  const call = calls.find(({ path }) => !needingToken.some((needing) => needing === `GET ${path}`))
  if (!call) return couldNotTell('Every call that could show it needs a token')
  const answer = await session.call({ method: 'GET', api: 'data', ...call, token: 'wrong' })
  if (isDenied(answer)) return seen(`It is answered with ${answer.status}`, { badTokens: 'reject' })
  if (isSuccess(answer.status)) return notSeen(`It is answered with ${answer.status}`, { badTokens: 'ignore' })
  return couldNotTell(`It is answered with ${answer.status}`)
}

/** The question whose answer comes from all the others. */
export const LAST_QUESTIONS: Question[] = [
  {
    id: 'retry-after',
    asked: 'Is Retry-After ever sent?',
    why: 'It would say how long to wait after 429. No limit is provoked to find out.',
    looksFor: 'the header, in case that one of the requests above is answered with 429',
    requests: [],
    ask: ({ run }) => Promise.resolve(retryAfterIn(run.link))
  }
]

function retryAfterIn({ limited }: Pick<Link, 'limited'>): Found {
  if (limited.length === 0) return couldNotTell('No request was answered with 429')
  const header = limited.find((value) => value !== null)
  if (header === undefined) return notSeen('A request was answered with 429, without the header')
  const isSeconds = typeof header === 'string' && /^\d+$/.test(header)
  return seen(
    `A request was answered with 429 and Retry-After: ${header}`,
    isSeconds ? { retryAfterSeconds: Number(header) } : {}
  )
}
