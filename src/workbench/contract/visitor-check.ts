import { Type, type Static } from '@sinclair/typebox'
import { DateTime, Nullable, StringEnum } from './schema'

const Fields = Type.Record(Type.String(), Type.Unknown())

export const CheckState = StringEnum(
  ['kept', 'not-found', 'not-sent', 'found', 'not-known'],
  'kept: sent and found; not-found: sent, and Kameleoon does not show it; not-sent: found, and not sent from here; found: nothing to compare with; not-known: Kameleoon would not show it in any case'
)

/** One visit event, as it was sent beside as it was found. */
export const CheckedEvent = Type.Object(
  {
    state: CheckState,
    eventType: Type.String({ description: 'For example CONVERSION' }),
    what: Type.String({ description: 'The event in a few words' }),
    sentAt: Nullable(DateTime('When it was sent'), 'Null when it was not sent from here'),
    foundAt: Nullable(DateTime('When Kameleoon received it'), 'Null when it was not found'),
    sent: Nullable(Fields, 'Its fields as sent'),
    found: Nullable(Fields, 'Its fields as Kameleoon shows them'),
    differences: Type.Array(Type.String(), { description: 'Fields that were kept with another value, or not at all' }),
    reason: Nullable(Type.String(), 'Why it was not found, or why that is not known'),
    source: Nullable(
      Type.Object({ id: Type.String(), name: Type.String() }),
      'The event of this workbench that it was made of'
    )
  },
  { $id: 'CheckedEvent' }
)

/** What Kameleoon says about a visitor, beside what was sent for it. */
export const VisitorCheck = Type.Object(
  {
    visitorCode: Type.String(),
    problem: Nullable(Type.String(), "Why Kameleoon's answer cannot be used; null when it can"),
    visits: Type.Array(
      Type.Object({
        isCurrent: Type.Boolean(),
        startedAt: Nullable(DateTime('Start of the visit')),
        lastEventAt: Nullable(DateTime('Its last event')),
        events: Type.Integer({ description: 'How many events Kameleoon shows for it' })
      }),
      { description: 'Latest first; empty when Kameleoon knows nothing about the visitor' }
    ),
    events: Type.Array(Type.Ref(CheckedEvent), { description: 'Latest first' }),
    counts: Type.Object(
      {
        kept: Type.Integer(),
        'not-found': Type.Integer(),
        'not-sent': Type.Integer(),
        found: Type.Integer(),
        'not-known': Type.Integer()
      },
      { description: 'How many events are in each state' }
    )
  },
  { $id: 'VisitorCheck' }
)

export type CheckState = Static<typeof CheckState>
export type CheckedEvent = Static<typeof CheckedEvent>
export type VisitorCheck = Omit<Static<typeof VisitorCheck>, 'events'> & { events: CheckedEvent[] }
