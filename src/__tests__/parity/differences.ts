import type { JSONObject } from '@segment/actions-core'
import type { Leaf } from './presence'
import type { Treatment } from './destinations'

/** Events that the two destinations treat differently, each with the reason. `words` matches the message of ours. */
export interface OutcomeDifference {
  what: string
  official: Treatment
  ours: Treatment
  words: RegExp
  reason: string
}

export const OUTCOME_DIFFERENCES: OutcomeDifference[] = [
  {
    what: 'No visitor code and no user id',
    official: 'accepts',
    ours: 'rejects',
    words: /^kameleoonVisitorCode is missing\./,
    reason: 'The event belongs to no visitor, so Kameleoon cannot use it. A rejected event is visible in Segment.'
  },
  {
    what: 'A visitor code with a line break, half a character, or more than 100 characters',
    official: 'accepts',
    ours: 'rejects',
    words: /^(?:properties\.)?kameleoonVisitorCode (?:is a string with|has \d+ characters)/,
    reason: 'Kameleoon has no such visitor; a shortened code would be another visitor.'
  },
  {
    what: 'A revenue that cannot be read, or in two ways, such as `1,299`',
    official: 'accepts',
    ours: 'rejects',
    words: /^revenue|\brevenue\b.* number/i,
    reason: 'The conversion would count without its amount, and nobody would notice that the results are wrong.'
  },
  {
    what: 'A track call without a name',
    official: 'accepts',
    ours: 'rejects',
    words: /^event is missing/,
    reason: 'The name is needed to find the goal.'
  },
  {
    what: 'An audience event without an audience',
    official: 'accepts',
    ours: 'rejects',
    words: /^properties\.audience_key is missing/,
    reason: 'It is not known which membership has changed.'
  },
  {
    what: 'Traits with a name of more than 1,024 characters, or nested deeper than 100 levels',
    official: 'accepts',
    ours: 'rejects',
    words: /1024 at most|levels|nested/,
    reason: 'Kameleoon does not store such a field, and a shortened name would be another trait.'
  },
  {
    what: '`Kameleoon identifier` without a visitor code',
    official: 'accepts',
    ours: 'rejects',
    words: /^properties\.k_visitorCode is missing/,
    reason: 'There is no visitor to link the user to.'
  },
  {
    what: "`Experiment Viewed`, `Personalization Viewed` with Kameleoon's properties",
    official: 'accepts',
    ours: 'filters',
    words: /comes from Kameleoon itself/,
    reason: 'Kameleoon sends them to Segment. Sent back, each exposure would become a goal.'
  },
  {
    what: 'A page call without address and name',
    official: 'accepts',
    ours: 'filters',
    words: /^The page call has no address/,
    reason: 'It has no data that Kameleoon keeps.'
  },
  {
    what: 'An identify call without traits, of a user who is the visitor',
    official: 'accepts',
    ours: 'filters',
    words: /^The identify call has no traits/,
    reason: 'There is nothing to store.'
  },
  {
    what: 'Screen calls',
    official: 'ignores',
    ours: 'accepts',
    words: /^$/,
    reason:
      'The official destination has no preset for them. The classic destination accepted them, and so does this one.'
  }
]

/** Information that only the official destination sends, with the reason. */
export interface InformationDifference {
  calls: Array<'track' | 'page' | 'identify' | 'group'>
  /** Name of the information in docs/migration.md. */
  what: string
  path: RegExp
  /** Set where only some bodies of the official destination differ. */
  only?: (body: JSONObject, value: Leaf['value']) => boolean
  reason: string
}

export const INFORMATION_DIFFERENCES: InformationDifference[] = [
  {
    calls: ['track', 'page'],
    what: '`userId`, beside a visitor code',
    path: /^userId$/,
    only: hasCode,
    reason: 'A visit event belongs to a visitor code. An identify call stores the user id and links it to the code.'
  },
  {
    calls: ['track', 'page', 'identify', 'group'],
    what: '`anonymousId`, where no link is made',
    path: /^anonymousId$/,
    only: (body) => !(makesLink(body) && hasCode(body)),
    reason: 'Kameleoon does not use anonymous ids of Segment. An identify call with a user id and a code links it.'
  },
  {
    calls: ['track', 'page', 'identify', 'group'],
    what: '`messageId`',
    path: /^messageId$/,
    reason: 'Visit events have a `nonce` computed from it instead. Kameleoon recognises repeated events by it.'
  },
  {
    calls: ['track', 'page', 'identify', 'group'],
    what: '`timestamp`',
    path: /^timestamp$/,
    reason:
      'The Data API has no parameter for the time of an event: an event counts when it arrives. The time is used to order writes to one key and for `maxEventAgeHours`.'
  },
  {
    calls: ['track'],
    what: '`properties` beyond the amount, such as products and currency',
    path: /^properties\.(?!revenue$|total$|kameleoonVisitorCode$|k_visitorCode$)/,
    reason:
      'A CONVERSION has only an amount and custom data. Map other properties to `conversionMetadata` or `customData`.'
  },
  {
    calls: ['track'],
    what: '`total` beside `revenue`',
    path: /^properties\.total$/,
    only: ({ properties }) => (properties as JSONObject).revenue !== undefined,
    reason: 'A conversion has one amount. Map `revenue` to `properties.total` to use that one.'
  },
  {
    calls: ['track'],
    what: '`event` of audience, journey and `Kameleoon identifier` events',
    path: /^event$/,
    only: ({ event }) => /^(?:Audience|Journeys) |^Kameleoon identifier$/.test(textOf(event)),
    reason: 'They change a membership or store a link. They are not goals.'
  },
  {
    calls: ['page'],
    what: '`properties` beyond address and title',
    path: /^properties\.(?!url$|title$|kameleoonVisitorCode$|k_visitorCode$)/,
    reason: 'A PAGE has an address and a title. The path and the query are parts of the address.'
  },
  {
    calls: ['page'],
    what: 'The part of an address or a title after 200 characters',
    path: /^properties\.(?:url|title)$/,
    only: (_body, value) => String(value).length > 200,
    reason: 'Kameleoon keeps 200 characters.'
  },
  {
    calls: ['track', 'page'],
    what: '`context.userAgent`, when the event only stores data',
    path: /^context\.userAgent$/,
    only: ({ event }) => /^(?:Audience|Journeys) /.test(textOf(event)),
    reason: 'Stored data has no user agent. Visit events have it.'
  },
  {
    calls: ['track', 'page'],
    what: '`context.ip`',
    path: /^context\.ip$/,
    reason:
      'Personal data, and the Data API has no parameter for it. `sendDeviceData` sends the location if it is in the context.'
  },
  {
    calls: ['track', 'page'],
    what: '`context.locale`, `timezone`, `device`, `os`, `screen`, `location`',
    path: /^context\.(?:locale|timezone|device|os|screen|location)\b/,
    reason:
      'Sent as STATICDATA and GEOLOCATION if `sendDeviceData` is on. It is off by default, because it overwrites what Kameleoon has measured in the browser.'
  },
  {
    calls: ['track', 'page'],
    what: '`context.page`, `context.campaign`, `context.referrer`',
    path: /^context\.(?:page|campaign|referrer)\b/,
    reason:
      'Only the address and the title of the page are used, for page calls without them. Kameleoon finds campaigns in the address.'
  },
  {
    calls: ['track', 'page'],
    what: '`context.library`, `context.app`, `context.network`, `context.traits`',
    path: /^context\.(?:library|app|network|traits)\b/,
    reason: 'They describe how the event was made, not the visitor. A visitor code in the traits is used.'
  },
  {
    calls: ['track'],
    what: '`context.personas` beyond the key of the audience',
    path: /^context\.personas\./,
    reason: 'Ids and names inside Segment. The key and the membership are stored.'
  }
]

function hasCode({ properties, context }: JSONObject): boolean {
  const places = [properties, (context as JSONObject | undefined)?.traits]
  return places.some((place) => /"(?:kameleoonVisitorCode|k_visitorCode)"/.test(JSON.stringify(place ?? {})))
}

/** Identify calls of a user, and the call made for it. */
function makesLink({ type, event, userId }: JSONObject): boolean {
  return (type === 'identify' && userId !== undefined) || event === 'Kameleoon identifier'
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
