import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import type { Provocation } from './provoker'

/** An entry of the troubleshooting section. */
export interface Trouble {
  title: string
  /** What it means and what to do. */
  advice: string
  /** When which words appear; the words themselves are provoked. */
  cases: Array<[when: string, provocation: Provocation]>
}

const key = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64')

function call(type: SegmentEvent['type'], fields: Omit<SegmentEvent, 'type'>): SegmentEvent {
  return { type, messageId: 'm1', timestamp: '2026-01-31T12:00:00.000Z', ...fields }
}

const CODE = { kameleoonVisitorCode: 'oa16i4syt2ve3b0z' }
const order = (properties: JSONObject = {}, event: string | undefined = 'Order Completed'): SegmentEvent =>
  call('track', { event, properties: { ...CODE, ...properties } })
const traits = (more: JSONObject = {}): SegmentEvent => call('identify', { traits: { ...CODE, ...more } })

export const TROUBLES: Trouble[] = [
  {
    title: 'Authentication failed',
    advice:
      'The API Key is base64 of a JSON object with `id` and `secret`, created in Kameleoon under My profile > API credentials. Create a new one if the old one was revoked, paste the whole of it, and test the connection again. A key that works for the test may still lack rights: goals and custom data are read through the Automation API.',
    cases: [
      ['The key is empty', { settings: { apiKey: ' ' } }],
      ['Something else was pasted', { settings: { apiKey: 'my key!' } }],
      ['A part of the key is missing', { settings: { apiKey: 'bm90IEpTT04=' } }],
      ['The key holds no id', { settings: { apiKey: key({ secret: 'x' }) } }],
      ['The key holds no secret', { settings: { apiKey: key({ id: 'x' }) } }],
      [
        'Kameleoon does not know it, or no longer',
        { settings: { apiKey: key({ id: 'not-real', secret: 'not-real' }) } }
      ]
    ]
  },
  {
    title: 'Site code not found',
    advice:
      'Copy the code from the page of the project in Kameleoon; it is neither the name of the project nor the address of the site. Key and project must belong to the same account.',
    cases: [
      ['It cannot be one', { settings: { sitecode: 'My Shop' } }],
      ['The account has no such project', { settings: { sitecode: 'zzzzzzzzzz' } }]
    ]
  },
  {
    title: 'Missing visitor_code',
    advice:
      'Such events are rejected one by one, and the rest of their batch is delivered. Put the code of the `kameleoonVisitorCode` cookie into your calls, or link the user to it once, see "Visitor Fallback". An anonymous id is never taken unless you map it to "Kameleoon Visitor Code" yourself.',
    cases: [
      [
        'The event has neither a code nor a user id',
        { event: call('track', { event: 'Order Completed', anonymousId: 'a' }) }
      ],
      ['The code is too long', { event: order({ kameleoonVisitorCode: 'x'.repeat(101) }) }],
      ['There are only placeholders', { event: order({ kameleoonVisitorCode: 'undefined' }) }],
      ['The code is no text', { event: order({ kameleoonVisitorCode: null, k_visitorCode: {} }) }],
      [
        'The user is not linked, and the mapping wants a link',
        {
          event: call('track', { event: 'Order Completed', userId: 'u1' }),
          mapping: { visitorFallback: 'linked visitor only' }
        }
      ],
      [
        'The mapping wants the cross-device ID, and the project has no custom data for it',
        {
          project: { customData: [] },
          event: call('track', { event: 'Order Completed', userId: 'u1' }),
          mapping: { visitorFallback: 'cross-device id' }
        }
      ],
      ['The code has a line break', { event: order({ kameleoonVisitorCode: 'one\ntwo' }) }],
      [
        'An identifier call has no code',
        { event: call('track', { event: 'Kameleoon identifier', userId: 'u1', properties: {} }) }
      ]
    ]
  },
  {
    title: 'Data not appearing in Kameleoon',
    advice:
      'Kameleoon confirms a request before it looks at what is in it, so data takes some minutes to show. Look at the delivery in Segment first: `sent` holds exactly what was sent, and `body` what Kameleoon answered. Then compare the visitor code with the one in the cookie of the browser. Traits are seen on a visit only after a script or an SDK has read them from `IDENTIFY_` or `COHORTS_`. The first sync of an Engage audience can take hours on the side of Segment. Some events are filtered on purpose, with status 200 and one of these reasons:',
    cases: [
      ['It is older than the mapping allows', { event: order(), mapping: { maxEventAgeHours: 24 } }],
      ['It is an exposure of Kameleoon', { event: order({ experimentID: 1, variationID: 2 }, 'Experiment Viewed') }],
      ['Segment made it from a warehouse', { event: order({}, 'updated') }],
      ['It is a screen without a name', { event: call('screen', { properties: CODE }) }],
      ['There is no goal of its name', { event: order({}, 'Never Seen'), mapping: { goalMatching: 'match only' } }],
      ['No person would name a goal like that', { event: order({}, 'https://shop.example/a?b=1') }],
      [
        'All its custom data is too long',
        { event: call('identify', { traits: CODE }), mapping: { customData: { 1: 'x'.repeat(1001) } } }
      ],
      ['The mapping wants no goal', { event: order(), mapping: { goalMatching: 'none' } }],
      ['The page has neither address nor name', { event: call('page', { properties: CODE }) }],
      ['There is nothing to store', { event: call('identify', { traits: CODE }) }]
    ]
  },
  {
    title: 'Goals are not found or not created',
    advice:
      'A goal is found by the name of the event, letter by letter, and created as a custom goal if there is none: at most 100 new goals an hour, and none for names that a program made, such as addresses. A goal that was found once is converted even while Kameleoon does not answer questions about goals. Choose the goal in the mapping if your key may not read or create goals. Many new names at once run into the limit of the Automation API; those events are retried.',
    cases: [
      ['The event has no name', { event: call('track', { properties: CODE }) }],
      ['The key may not read goals', { event: order(), fault: { path: '/sites', status: 403, body: '' } }],
      [
        'The key may not create goals',
        { event: order({}, 'Wishlist Shared'), fault: { path: '/goals', method: 'POST', status: 403, body: '' } }
      ],
      ['The chosen goal is no number', { event: order(), mapping: { goalId: 'Orders' } }]
    ]
  },
  {
    title: 'Wrong data region',
    advice:
      'A project lives in one region, and only that host knows it. Choose in "Data Region" the host that Kameleoon shows for the project: `eu-data` or `na-data`, on `.io` or, for some projects, on `.eu`. The test of the connection does not find this out, since it asks a host that all regions share.',
    cases: [
      ['The project is elsewhere', { event: order(), settings: { dataRegion: 'NA' }, quotesKameleoon: true }],
      ['The setting is none of them', { event: order(), settings: { dataRegion: 'APAC' } }],
      ['The connection breaks', { event: order(), fault: { path: '/visit/events', reset: 'before' } }]
    ]
  },
  {
    title: 'Rate limit exceeded',
    advice:
      'Nothing needs to be done at first: Segment sends these events again, and the rest of the batch waits instead of adding to the load. If it does not end, slow down replays and syncs, keep batching switched on, and let "Existing Data" replace what is stored where that is right, which saves a request for each batch.',
    cases: [
      ['Too many visit events', { event: order(), fault: { path: '/visit/events', status: 429, body: '' } }],
      [
        'Too many reads of stored data',
        { event: traits({ plan: 'gold' }), fault: { path: '/map/maps', status: 429, body: '' } }
      ],
      ['Too many requests for goals', { event: order(), fault: { path: '/goals', status: 429, body: '' } }]
    ]
  },
  {
    title: 'Event type validation errors',
    advice:
      'Events that you choose in "Kameleoon Event Type" are checked before they leave: Kameleoon would confirm a faulty one and throw it away. Numbers and booleans typed as text are understood. Kinds that are checked are those that the SDKs of Kameleoon send; other parameters pass unchecked.',
    cases: [
      [
        'A required parameter is missing',
        { event: order(), mapping: { visitEventType: 'CUSTOMDATA', visitEventParameters: {} } }
      ],
      [
        'A parameter is of another kind',
        { event: order(), mapping: { visitEventType: 'PAGE', visitEventParameters: { href: 5 } } }
      ],
      [
        'A parameter that the destination sets',
        { event: order(), mapping: { visitEventType: 'ACTIVITY', visitEventParameters: { nonce: 'x' } } }
      ],
      ['A custom data index is no number', { event: order(), mapping: { customData: { Plan: 'gold' } } }]
    ]
  },
  {
    title: 'Body size limit exceeded',
    advice:
      'Requests are split by their size in bytes, so only a single event can be too large. Send fewer traits with it: a stored map is for what decides about targeting. If Kameleoon rejects a batch nevertheless, it is halved until the event in question is alone.',
    cases: [
      ['One identify call is larger than a request', { event: traits({ note: 'x'.repeat(1_000_001) }) }],
      ['A trait has a longer name than is kept', { event: traits({ ['n'.repeat(1025)]: 1 }) }],
      ['Kameleoon rejects one event', { event: order(), fault: { path: '/visit/events', status: 413, body: '' } }]
    ]
  },
  {
    title: 'Kameleoon rejects or does not answer',
    advice:
      'A 403 is final: it means a user agent on the list of bots, or an account without access to the Data API; ask the support of Kameleoon with the time of the request. All others are tried again by Segment.',
    cases: [
      ['The caller is rejected', { event: order(), fault: { path: '/visit/events', status: 403, body: '' } }],
      ['Kameleoon has a fault', { event: order(), fault: { path: '/visit/events', status: 500, body: '' } }],
      ['Kameleoon is being maintained', { event: order(), fault: { path: '/visit/events', status: 503, body: '' } }]
    ]
  },
  {
    title: 'Other values that are rejected',
    advice:
      'The field is named first, then what is wrong. Correct the mapping or the source; Segment does not send these again.',
    cases: [
      ['An amount cannot be read', { event: order({ revenue: 'a lot' }) }],
      ['An amount can be read in two ways', { event: order({ revenue: '1,299' }) }],
      ['A time is no time', { event: { ...order(), timestamp: 'yesterday' } }],
      ['A group call names no group', { event: call('group', { traits: CODE }) }],
      ['An audience event names no audience', { event: order({}, 'Audience Entered') }]
    ]
  }
]
