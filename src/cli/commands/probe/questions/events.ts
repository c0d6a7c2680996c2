import type { Modes } from '../../../../emulator'
import { isSuccess } from '../map-calls'
import { couldNotTell, notSeen, seen, whenRead, type Found, type Question, type WhenRead } from '../question'
import { whenText, type Session } from '../session'

/** Questions about visit events. All are asked with page views, which need nothing of the project. */
export const EVENT_QUESTIONS: Question[] = [
  {
    id: 'event-visibility',
    asked: 'How long does it take until a visit event can be read?',
    why: 'It says how soon after a delivery one can look whether it was counted.',
    looksFor: 'the event, within the longest wait',
    requests: ['POST /visit/events', 'GET /visit/visitor until the event is there'],
    ask: askVisibility
  },
  {
    id: 'repeated-nonce',
    asked: 'Does Kameleoon drop events whose nonce it has seen?',
    why: 'Events are sent again when an answer was lost. If repeated nonces are not dropped, those count twice.',
    looksFor: 'one event, though it was sent twice with one nonce',
    requests: ['POST /visit/events, twice with one nonce', 'POST /visit/events with two nonces, to compare'],
    ask: askNonce
  },
  {
    id: 'event-time',
    asked: 'May an event carry its own time?',
    why: 'Events of old archives would count when they happened, not when they arrive.',
    looksFor: 'an event that was sent with a time of yesterday, at that time',
    requests: ['POST /visit/events with `time`', 'POST /visit/events with `timestamp`'],
    ask: askTime
  },
  {
    id: 'json-user-agent',
    asked: 'Are events in the JSON form kept when they carry a user agent?',
    why: 'The destination sends JSON with the visitor’s user agent; the SDKs, which send lines, are the only known example.',
    looksFor: 'the event, when the visitor is read',
    requests: ['POST /visit/events with bodyUa=true'],
    ask: askUserAgent
  },
  {
    id: 'bad-event',
    asked: 'Is a body with an event that Kameleoon cannot use answered with an error?',
    why: 'The destination splits a batch that is rejected. Where nothing is rejected, bad events are lost without a trace.',
    looksFor: 'a status of 400 or more',
    requests: ['POST /visit/events with a good event and two bad ones'],
    ask: askBadEvent
  },
  {
    id: 'accepted-status',
    asked: 'Is an accepted event answered with 204?',
    why: 'Documentation says 204, another vendor 202. Any 2xx is taken for success.',
    looksFor: 'the status 204',
    requests: ['POST /visit/events'],
    ask: askStatus
  }
]

function page(session: Session, name: string, further: object = {}): Record<string, unknown> {
  return { eventType: 'PAGE', href: session.names.page(name), title: 'Probe', ...further }
}

async function askVisibility(session: Session): Promise<Found> {
  const { findings } = session.run
  const { status } = await session.sendEvents([page(session, 'first')])
  const isThere = isSuccess(status)
    ? await session.until(
        () => session.readVisit(),
        (visit) => visit.pages(session.names.page('first')).length > 0
      )
    : null
  findings.eventDelay = isThere && isThere.seconds
  if (!isThere) {
    return notSeen(
      isSuccess(status) ? 'It could not be read within the longest wait' : `It was answered with ${status}`
    )
  }
  return seen(`The event could be read ${whenText(isThere)}`, { eventsVisibleAfterMs: isThere.seconds * 1_000 })
}

async function askNonce(session: Session): Promise<Found | WhenRead> {
  const repeated = page(session, 'repeated', { nonce: session.names.nonce() })
  await session.sendEvents([repeated])
  await session.sendEvents([repeated])
  await session.sendEvents([page(session, 'twice'), page(session, 'twice')])
  return whenRead((visit) => {
    const [once, twice] = ['repeated', 'twice'].map((name) => visit.pages(session.names.page(name)).length)
    const found = `Sent twice with one nonce, it is there ${times(once)}; with two nonces ${times(twice)}`
    if (once === 1 && twice === 2) return seen(found, { nonces: 'drop' })
    return once === 2 ? notSeen(found, { nonces: 'store' }) : couldNotTell(found)
  })
}

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`)

const DAY_MS = 86_400_000

async function askTime(session: Session): Promise<Found | WhenRead> {
  const yesterday = session.run.link.clock.now() - DAY_MS
  const names = ['time', 'timestamp']
  for (const name of names) await session.sendEvents([page(session, name, { [name]: yesterday })])
  return whenRead((visit) => {
    const results = names.map((name) => {
      const [event] = visit.pages(session.names.page(name))
      return event === undefined ? 'discard' : event.time === yesterday ? 'use' : 'ignore'
    })
    const found = names.map((name, at) => `${name}: ${TIME_TEXTS[results[at]]}`).join('; ')
    const eventTime = (['use', 'ignore', 'discard'] as const).find((result) => results.includes(result))
    return eventTime === 'use' ? seen(found, { eventTime }) : notSeen(found, { eventTime })
  })
}

const TIME_TEXTS = {
  use: 'the event has that time',
  ignore: 'the event is kept, with the time when it arrived',
  discard: 'the event is not kept'
}

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0'

async function askUserAgent(session: Session): Promise<Found | WhenRead> {
  const { status } = await session.sendEvents([page(session, 'agent', { userAgent: BROWSER })], { bodyUa: 'true' })
  if (!isSuccess(status)) return notSeen('The event is not kept', { jsonUserAgents: 'discard' })
  return whenRead((visit) =>
    visit.pages(session.names.page('agent')).length > 0
      ? seen('The event is kept', { jsonUserAgents: 'keep' })
      : notSeen('The event is not kept', { jsonUserAgents: 'discard' })
  )
}

async function askBadEvent(session: Session): Promise<WhenRead> {
  const unknown = { eventType: 'PROBE_OF_AN_UNKNOWN_TYPE' }
  const wrong = { eventType: 'CONVERSION', goalId: 'no number' }
  const { status } = await session.sendEvents([unknown, page(session, 'neighbour'), wrong])
  const content = isSuccess(status) ? 'accept' : 'reject'
  return (visit) => {
    const isKept = visit && visit.pages(session.names.page('neighbour')).length > 0
    const neighbour = isKept === null ? 'could not be read' : isKept ? 'is kept' : 'is lost with them'
    const found = `It is answered with ${status}, and the good event beside the bad ones ${neighbour}`
    const mode: Partial<Modes> = { content, ...(isKept !== null && { neighbours: isKept ? 'keep' : 'lose' }) }
    return content === 'reject' ? seen(found, mode) : notSeen(found, mode)
  }
}

async function askStatus(session: Session): Promise<Found> {
  const { status } = await session.sendEvents([page(session, 'status')])
  if (status === 204) return seen('204', { acceptedStatus: status })
  return notSeen(String(status), status === 200 || status === 202 ? { acceptedStatus: status } : {})
}
