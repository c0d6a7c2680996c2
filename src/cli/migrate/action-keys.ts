/** Action keys of the official destination and what they are here. */
export const ACTION_KEYS: Readonly<Record<string, string>> = {
  logEvent: 'logEvent',
  page: 'pageEvent',
  identify: 'identifyEvent',
  group: 'groupEvent'
}

/** Types of calls that each action here can tell Kameleoon something about. */
export const CALLS_OF_ACTION: Readonly<Record<string, readonly string[]>> = {
  logEvent: ['track', 'screen', 'page'],
  pageEvent: ['page', 'screen'],
  identifyEvent: ['identify'],
  groupEvent: ['group']
}

/**
 * The action here that takes the place of an official one, known by its key or, as slugs are also made, by its title:
 * `page`, `page-event` and `Page Event` are one.
 */
export function actionKeyFor(official: string): string | undefined {
  const spelled = plain(official)
  for (const [key, ours] of Object.entries(ACTION_KEYS)) {
    if ([plain(key), plain(ours)].includes(spelled)) return ours
  }
  return undefined
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[^a-z]/g, '')
}
