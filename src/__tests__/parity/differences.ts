import type { JSONObject } from '@segment/actions-core'
import type { Leaf } from './leaves'
import type { ResultBadge } from './official'

/** Events that the two destinations treat differently, each with the reason. `words` is what ours says. */
export interface OutcomeDifference {
  what: string
  official: ResultBadge
  ours: ResultBadge
  words: RegExp
  reason: string
}

export const OUTCOME_DIFFERENCES: OutcomeDifference[] = [
  {
    what: 'No visitor code and no user id',
    official: 'accepts',
    ours: 'rejects',
    words: /^kameleoonVisitorCode is missing\./,
    reason: 'The event belongs to no visitor, so Kameleoon could use it for nothing. Rejected, it is seen in Segment.'
  },
  {
    what: 'A visitor code with a line break, half a character, or more than 100 characters',
    official: 'accepts',
    ours: 'rejects',
    words: /^(?:properties\.)?kameleoonVisitorCode (?:is a string with|has \d+ characters)/,
    reason: 'Kameleoon has no such visitor; a code cut to fit would be another visitor.'
  },
  {
    what: 'A revenue that is no number',
    official: 'accepts',
    ours: 'rejects',
    words: /^revenue|\brevenue\b.* number/i,
    reason: 'The conversion would count without its amount, and the results would be wrong without a trace.'
  },
  {
    what: 'A track call without a name',
    official: 'accepts',
    ours: 'rejects',
    words: /^event is missing/,
    reason: 'No goal can be found for it.'
  },
  {
    what: 'An audience event that names no audience',
    official: 'accepts',
    ours: 'rejects',
    words: /^properties\.audience_key is missing/,
    reason: 'It changes no membership that anyone could name.'
  },
  {
    what: 'Traits with a name of more than 1,024 characters, or nested deeper than 100 levels',
    official: 'accepts',
    ours: 'rejects',
    words: /1024 at most|levels|nested/,
    reason: 'Kameleoon stores no such field, and a shortened one would be another trait.'
  },
  {
    what: '`Kameleoon identifier` without a visitor code',
    official: 'accepts',
    ours: 'rejects',
    words: /^properties\.k_visitorCode is missing/,
    reason: 'It links a user to nothing.'
  },
  {
    what: '`Experiment Viewed`, `Personalization Viewed`',
    official: 'accepts',
    ours: 'skips',
    words: /comes from Kameleoon itself/,
    reason: 'Kameleoon sends them to Segment; sent back, each exposure would become a goal.'
  },
  {
    what: 'A page call without address and name',
    official: 'accepts',
    ours: 'skips',
    words: /^The page call has no address/,
    reason: 'There is nothing in it that Kameleoon could keep.'
  },
  {
    what: 'An identify call without traits, of a user who is the visitor',
    official: 'accepts',
    ours: 'skips',
    words: /^The identify call has no traits/,
    reason: 'There is nothing to store.'
  },
  {
    what: 'Screen calls',
    official: 'ignores',
    ours: 'accepts',
    words: /^$/,
    reason: 'The official destination has no preset for them; the classic one took them, and so does this one.'
  }
]

/** Information that the official destination sends and ours does not tell Kameleoon, with the reason. */
export interface InformationDifference {
  calls: Array<'track' | 'page' | 'identify' | 'group'>
  /** What it is, for the guide. */
  what: string
  path: RegExp
  /** Where only some bodies of the official destination lose it. */
  only?: (body: JSONObject, value: Leaf['value']) => boolean
  reason: string
}

export const INFORMATION_DIFFERENCES: InformationDifference[] = [
  {
    calls: ['track', 'page'],
    what: '`userId`, beside a visitor code',
    path: /^userId$/,
    only: hasCode,
    reason: 'A visit event belongs to a visitor code. An identify call links the user id to it and stores it.'
  },
  {
    calls: ['track', 'page', 'identify', 'group'],
    what: '`anonymousId`, where no link is made',
    path: /^anonymousId$/,
    only: (body) => !(makesLink(body) && hasCode(body)),
    reason: 'Kameleoon knows no anonymous ids of Segment. An identify call with a user id and a code links it.'
  },
  {
    calls: ['track', 'page', 'identify', 'group'],
    what: '`messageId`',
    path: /^messageId$/,
    reason: 'Visit events carry a `nonce` computed from it instead, which recognises repetitions.'
  },
  {
    calls: ['track', 'page', 'identify', 'group'],
    what: '`timestamp`',
    path: /^timestamp$/,
    reason:
      'The Data API has no parameter for the time of an event: it counts when it arrives. It orders writes to one key, and `maxEventAgeHours` is measured by it.'
  },
  {
    calls: ['track'],
    what: '`properties` beyond the amount, such as products and currency',
    path: /^properties\.(?!revenue$|total$|kameleoonVisitorCode$|k_visitorCode$)/,
    reason:
      'A CONVERSION has an amount and custom data, nothing else. Map what matters to `conversionMetadata` or `customData`.'
  },
  {
    calls: ['track'],
    what: '`total` beside `revenue`',
    path: /^properties\.total$/,
    only: ({ properties }) => (properties as JSONObject).revenue !== undefined,
    reason: 'A conversion has one amount; map `revenue` to `properties.total` if that is the one.'
  },
  {
    calls: ['track'],
    what: '`event` of audience, journey and `Kameleoon identifier` events',
    path: /^event$/,
    only: ({ event }) => /^(?:Audience|Journeys) |^Kameleoon identifier$/.test(textOf(event)),
    reason: 'They change a membership or make a link, and are no goals.'
  },
  {
    calls: ['page'],
    what: '`properties` beyond address and title',
    path: /^properties\.(?!url$|title$|kameleoonVisitorCode$|k_visitorCode$)/,
    reason: 'A PAGE has an address and a title. The path and the query are parts of the address.'
  },
  {
    calls: ['page'],
    what: 'What of an address or a title is beyond 200 characters',
    path: /^properties\.(?:url|title)$/,
    only: (_body, value) => String(value).length > 200,
    reason: 'Kameleoon keeps no more.'
  },
  {
    calls: ['track', 'page'],
    what: '`context.userAgent`, when the event only stores data',
    path: /^context\.userAgent$/,
    only: ({ event }) => /^(?:Audience|Journeys) /.test(textOf(event)),
    reason: 'Stored data has no user agent; visit events carry it.'
  },
  {
    calls: ['track', 'page'],
    what: '`context.ip`',
    path: /^context\.ip$/,
    reason:
      'Personal data that no parameter of the Data API takes. `sendDeviceData` tells the place if the context knows it.'
  },
  {
    calls: ['track', 'page'],
    what: '`context.locale`, `timezone`, `device`, `os`, `screen`, `location`',
    path: /^context\.(?:locale|timezone|device|os|screen|location)\b/,
    reason:
      'Told as STATICDATA and GEOLOCATION when `sendDeviceData` is on; off by default, as it overwrites what Kameleoon measured in the browser.'
  },
  {
    calls: ['track', 'page'],
    what: '`context.page`, `context.campaign`, `context.referrer`',
    path: /^context\.(?:page|campaign|referrer)\b/,
    reason:
      'Of the page only address and title are kept, for page calls that lack them. Kameleoon finds campaigns in the address.'
  },
  {
    calls: ['track', 'page'],
    what: '`context.library`, `context.app`, `context.network`, `context.traits`',
    path: /^context\.(?:library|app|network|traits)\b/,
    reason: 'They tell how the event was made and not who the visitor is; a visitor code among the traits is used.'
  },
  {
    calls: ['track'],
    what: '`context.personas` beyond the key of the audience',
    path: /^context\.personas\./,
    reason: 'Ids and names inside Segment; the key and the membership are stored.'
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
