/** The calls sent to Segment for a campaign that was shown. `'both'` is a track call and an identify call. */
export type ExposureCalls = 'track' | 'identify' | 'both' | 'off'

/** Options of `kameleoonPlugin`. A value that cannot be used is reported on the console, and its default is used. */
export interface KameleoonPluginOptions {
  /**
   * How long calls may wait for Kameleoon's engine, in milliseconds from the load of the plugin: 0 (no wait) to 60000.
   * 1000 by default, the time for which Kameleoon's own snippet hides a page.
   */
  timeLimit?: number
  /**
   * The calls to send to Segment for every experiment and personalization shown, once per visit and variation. `'off'` by
   * default, since Kameleoon sends the same events itself when Segment is chosen as a campaign's reporting tool.
   */
  exposures?: ExposureCalls
}

const DEFAULTS = { timeLimit: 1_000, exposures: 'off' } as const
const LONGEST_TIME_LIMIT = 60_000
const EXPOSURE_CALLS: ExposureCalls[] = ['track', 'identify', 'both', 'off']

/** The options, completed with defaults. All values that cannot be used are reported in one console warning. */
export function completeOptions(given: KameleoonPluginOptions = {}): Required<KameleoonPluginOptions> {
  const { timeLimit = DEFAULTS.timeLimit, exposures = DEFAULTS.exposures } = given
  const hasLimit = typeof timeLimit === 'number' && timeLimit >= 0 && timeLimit <= LONGEST_TIME_LIMIT
  const hasCalls = EXPOSURE_CALLS.includes(exposures)
  const problems = [
    !hasLimit && `timeLimit must be milliseconds from 0 to ${LONGEST_TIME_LIMIT}, not ${JSON.stringify(timeLimit)}`,
    !hasCalls && `exposures must be one of ${EXPOSURE_CALLS.join(', ')}, not ${JSON.stringify(exposures)}`,
    ...Object.keys(given).map((name) => !(name in DEFAULTS) && `there is no option ${name}`)
  ].filter(Boolean)
  if (problems.length > 0) console.warn(`kameleoonPlugin: ${problems.join('; ')}. Defaults are used instead.`)
  return {
    timeLimit: hasLimit ? timeLimit : DEFAULTS.timeLimit,
    exposures: hasCalls ? exposures : DEFAULTS.exposures
  }
}
