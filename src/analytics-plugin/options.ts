/** What is sent for a campaign that was shown. */
export type ExposureCalls = 'track' | 'identify' | 'both' | 'off'

export interface KameleoonPluginOptions {
  /**
   * For how many milliseconds calls may wait for Kameleoon's engine, counted once from when the plugin is loaded. 1000 by
   * default, as long as Kameleoon's own snippet hides a page; 0 for not at all.
   */
  timeLimit?: number
  /**
   * What to send to Segment for every experiment and personalization shown, once per visit and variation. `'off'` by
   * default, since Kameleoon can send the same events itself when Segment is chosen as a campaign's reporting tool.
   */
  exposures?: ExposureCalls
}

const DEFAULTS = { timeLimit: 1_000, exposures: 'off' } as const
const LONGEST_TIME_LIMIT = 60_000
const EXPOSURE_CALLS: ExposureCalls[] = ['track', 'identify', 'both', 'off']

/** The options, completed with defaults. What cannot be used is told on the console, once, and its default holds. */
export function completeOptions(given: KameleoonPluginOptions = {}): Required<KameleoonPluginOptions> {
  const { timeLimit = DEFAULTS.timeLimit, exposures = DEFAULTS.exposures } = given
  const knowsLimit = typeof timeLimit === 'number' && timeLimit >= 0 && timeLimit <= LONGEST_TIME_LIMIT
  const knowsCalls = EXPOSURE_CALLS.includes(exposures)
  const problems = [
    !knowsLimit && `timeLimit must be milliseconds from 0 to ${LONGEST_TIME_LIMIT}, not ${JSON.stringify(timeLimit)}`,
    !knowsCalls && `exposures must be one of ${EXPOSURE_CALLS.join(', ')}, not ${JSON.stringify(exposures)}`,
    ...Object.keys(given).map((name) => !(name in DEFAULTS) && `there is no option ${name}`)
  ].filter(Boolean)
  if (problems.length > 0) console.warn(`kameleoonPlugin: ${problems.join('; ')}. Defaults are used instead.`)
  return {
    timeLimit: knowsLimit ? timeLimit : DEFAULTS.timeLimit,
    exposures: knowsCalls ? exposures : DEFAULTS.exposures
  }
}
